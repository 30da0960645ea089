// @ts-nocheck
export interface Key {
  id: string;
  principal: string;
  madeBy: string;
  scopes: ("read" | "source" | "operate" | "admin" | "approve")[];
  tenant: string | null;
  createdAt: number;
  revokedAt: number | null;
}

export interface Tenant {
  id: string;
  name: string;
  version: number;
  createdAt: number;
}

export interface Connection {
  id: string;
  vendor: "wave" | "wise" | "quickbooks" | "acumatica" | "freshbooks" | "cin7";
  environment: "production" | "sandbox";
  name: string;
  account: {
    id: string;
    name: string;
    baseCurrency: string | null;
    timeZone: string | null;
    lockDate: string | null;
  };
  /** What the vendor needs to know, e.g. businessId */
  settings: Record<string, any>;
  state: "new" | "confirm" | "ready" | "reconnect";
  credentials: "set" | "missing";
  webhookSecret: "set" | "missing";
  webhookPath: string;
  /** Webhooks are only taken with a client certificate that the zone has verified (mTLS) */
  clientCertificate: boolean;
}

export type ConnectionDetail = Connection & {
  /** Null where it was not connected by consent */
  consent: {
    scope: string;
    /** However often its tokens are renewed, milliseconds since 1970; null = not known, or never */
    endsAt: number | null;
  };
};

export interface Reached {
  account: {
    id: string;
    name: string;
    baseCurrency: string | null;
    timeZone: string | null;
    lockDate: string | null;
  };
  ms: number;
  warnings: string[];
}

export interface Webhooks {
  how: "registered" | "by hand";
  /** What was registered by API */
  hooks: {
    event: string;
    url: string;
    state: string;
  }[];
  problems: string[];
  url?: string;
  events?: string[];
  header?: string;
  /** What to do in the vendor’s own screens, in order */
  steps?: string[];
}

export interface Integration {
  id: string;
  pair:
    | "wave-cin7"
    | "wave-wise"
    | "quickbooks-cin7"
    | "acumatica-cin7"
    | "freshbooks-cin7";
  sourceConnection: string;
  targetConnection: string;
  /** Checked by the pair, and against the target */
  settings: Record<string, any>;
  flows: Record<
    string,
    {
      enabled: boolean;
      /** @example "*\/15 * * * *" */
      schedule?: string;
      /** What becomes of the batch of a failed record */
      onFailure?: "stop" | "continue";
    }
  >;
  schedule: string;
  startDate: string;
  state: "active" | "paused";
}

export interface ReconciledDocument {
  flow: string;
  sourceId: string;
  variant: string;
  sourceNumber: string;
  targetId: string;
  targetNumber: string;
  date: string;
  status:
    | "matched"
    | "differs"
    | "changed"
    | "only_source"
    | "only_target"
    | "neither";
  code: string;
  reason: string;
  differences: {
    what: string;
    source: string;
    target: string;
    currency: string;
  }[];
  source: {
    currency: string;
    total: string;
    tax: string;
    customer: {
      id: string;
      name: string;
    };
    accounts: Record<string, string>;
  };
  target: {
    currency: string;
    total: string;
    tax: string;
    customer: {
      id: string;
      name: string;
    };
    accounts: Record<string, string>;
  };
  foreign: boolean;
}

export interface ReconciledFlow {
  counts: {
    matched?: number;
    differs?: number;
    changed?: number;
    only_source?: number;
    only_target?: number;
    neither?: number;
  };
  currencies: {
    currency: string;
    source: string;
    target: string;
    difference: string;
    others: string;
  }[];
  customers: {
    currency: string;
    source: string;
    target: string;
    difference: string;
    others: string;
    customer: string;
    name: string;
  }[];
  accounts: {
    currency: string;
    source: string;
    target: string;
    difference: string;
    others: string;
    account: string;
  }[];
  agrees: boolean;
  flow: string;
  state: "never" | "running" | "done";
  asOf: number | null;
  covered: {
    from: string;
    to: string;
  };
}

export interface Holding {
  account: string;
  name: string;
  currency: string;
  source: string;
  target: string;
  difference: string;
}

export interface Match {
  flow: string;
  sourceId: string;
  variant: string;
  terms:
    | {
        kind: "named";
        code: string;
        name: string;
        currency: string;
        attributes?: Record<string, string>;
      }
    | {
        kind: "dated";
        number: string;
        date: string;
        total: string;
        currency: string;
        party: string;
      };
  sure: "certain" | "likely" | "possible" | "several" | "none";
  choices: {
    id: string;
    number: string;
    terms:
      | {
          kind: "named";
          code: string;
          name: string;
          currency: string;
          attributes?: Record<string, string>;
        }
      | {
          kind: "dated";
          number: string;
          date: string;
          total: string;
          currency: string;
          party: string;
        };
    sure: "certain" | "likely" | "possible" | "several" | "none";
    why: string;
  }[];
}

export interface MatchedFlow {
  flow: string;
  state: "never" | "running" | "done" | "failed";
  asOf: number | null;
  counts: {
    certain?: number;
    likely?: number;
    possible?: number;
    several?: number;
    none?: number;
  };
  problem: string;
}

export interface Payout {
  invoiceId: string;
  number: string;
  state: string;
  reason: string;
  text: string;
  transfer: string;
  askedBy: string[];
  asked: Record<string, string>;
  price: Record<string, string>;
}

export interface Approval {
  subject: string;
  hash: string;
  terms: Record<string, string>;
  highest: {
    amount: string;
    currency: string;
  };
  price: Record<string, string>;
  askedBy: string[];
  approvedBy: string | null;
}

/** @example {"items":[{"sourceId":"QnVzaW5lc3M6…","number":"1042","date":"2026-03-02","outcome":"writes","reason":"","code":"","text":"","remedy":"","assumes":[{"flow":"wave-cin7/customer-to-customer","sourceId":"QnVzaW5lc3M6…","variant":"USD"}],"mapped":[{"mapping":"account","code":"QWNjb3VudDox","target":"200"}],"writes":[{"op":"create","variant":"sale","target":"","draft":{"date":"2026-03-02","total":"84"},"requests":[{"step":"header","method":"POST","path":"/sale","query":{},"body":{"Location":"Main Warehouse"}}],"complete":false}],"effect":[{"variant":"sale","figures":{"currency":"USD","total":"84","tax":"4","customer":{"id":"⟨id of wave-cin7/customer-to-customer QnVzaW5lc3M6…⟩","name":"Acme"},"accounts":{"200":"80"}}}]}],"next":null,"effect":[{"currency":"USD","account":"200","amount":"80"},{"currency":"USD","account":"tax","amount":"4"}]} */
export interface Preview {
  items: {
    sourceId: string;
    number: string;
    date: string;
    outcome: "writes" | "unchanged" | "skipped" | "waiting" | "failed";
    reason: string;
    code: string;
    text: string;
    remedy: string;
    assumes: {
      flow: string;
      sourceId: string;
      variant: string;
    }[];
    mapped: {
      mapping: string;
      code: string;
      target: string | null;
    }[];
    writes: {
      op: "create" | "update" | "remove";
      variant: string;
      target: string;
      draft?: any;
      requests: {
        step: string;
        method: string;
        path: string;
        query: Record<string, string>;
        body?: any;
      }[];
      complete: boolean;
    }[];
    effect: {
      variant: string;
      figures: {
        currency: string;
        total: string;
        tax: string;
        customer: {
          id: string;
          name: string;
        };
        accounts: Record<string, string>;
      };
    }[];
  }[];
  next: string | null;
  /** Of the new documents on this page, before tax, by the target’s account; the tax stands beside them */
  effect: {
    currency: string;
    account: string;
    amount: string;
  }[];
}

export interface Mapping {
  kind: string;
  about: string;
  entries: {
    code: string;
    target: string;
  }[];
}

/** @example {"kind":"account","about":"Wave account to Cin7 account","entries":[{"code":"QWNjb3VudDox","target":"200"}],"waiting":12,"replayed":12} */
export type SavedMapping = Mapping & {
  /** So many failed records wait for one of these codes */
  waiting: number;
  /** So many of them run now */
  replayed: number;
};

export interface CarriedRecord {
  id: string;
  integration: string;
  flow: string;
  sourceId: string;
  sourceNumber: string;
  targetId: string;
  targetNumber: string;
  state: string;
  reason: string;
  code: string;
  text: string;
  remedy: string;
  version: string;
  at: number;
  /** When it came into this state, with this code */
  since: number;
}

/** @example {"flow":"wave-cin7/invoice-to-sale","code":"unmapped","remedy":"Map the Wave account \"Consulting income\" (QWNjb3VudDox) in the mapping \"account\". Then replay.","integration":"i_01J9ZJ5T3N6WQ2","count":12,"firstAt":1767225600000,"lastAt":1767312000000,"example":"r_01J9ZJ5T3N6WQ2"} */
export interface Failure {
  flow: string;
  code: string;
  /** What to do about all of them */
  remedy: string;
  integration: string;
  count: number;
  /** Since when the first of them stands so; milliseconds since 1970 */
  firstAt: number;
  /** When one of them was last tried */
  lastAt: number;
  /** One of the records, for the vendor’s own words and its timeline */
  example: string;
}

/** @example {"queued":500,"left":40} */
export interface Replayed {
  /** So many run now, the longest known first */
  queued: number;
  /** So many more are meant by the filter: repeat the call */
  left: number;
}

export interface Alert {
  cause: string;
  kind: string;
  integration: string;
  text: string;
  remedy: string;
  firstAt: number;
  lastAt: number;
  count: number;
  resolvedAt: number | null;
}

export interface AlertTarget {
  id: string;
  url: string;
  kinds: string[];
  tenant: string | null;
  createdAt: number;
  /** Notices that it has not taken yet */
  waiting: number;
  failingSince: number | null;
  lastError: string;
}

export type NewAlertTarget = AlertTarget & {
  /** Of a new target, shown this once: whsec_… */
  secret?: string;
};

export interface IntegrationHealth {
  id: string;
  pair: string;
  state: string;
  /** When a record or a list last went through, to the minute */
  lastSuccess: number | null;
  /** For how long the oldest live work has been due, in milliseconds */
  lag: number;
  /** Jobs that wait for their turn; counted up to 10,000 */
  backlog: number;
  /** Records that need a person; counted up to 10,000 */
  failed: number;
  connections: {
    id: string;
    vendor: string;
    state: string;
    /** What went out since midnight (UTC); Intuit meters the reads by month. Null = none yet, or a vendor that caps no minute (Wave) */
    calls: {
      day: string;
      reads: number;
      writes: number;
    };
  }[];
}

export interface AuditEntry {
  at: number;
  kind: "attempt" | "poll" | "action" | "ignored" | "alert";
  actor: {
    by: "webhook" | "poll" | "replay" | "key" | "dependency" | "service";
    id?: string;
  };
  integration?: string;
  flow?: string;
  record?: string;
  sourceId?: string;
  sourceNumber?: string;
  targetId?: string;
  targetNumber?: string;
  outcome: string;
  code?: string;
  text?: string;
  remedy?: string;
  /** @default [] */
  requests?: {
    vendor: string;
    method: string;
    route: string;
    status: number;
    ms: number;
  }[];
  correlation: string;
  bodyHash?: string;
  details?: Record<string, any>;
  seq: number;
}

export type QueryParamsType = Record<string | number, any>;
export type ResponseFormat = keyof Omit<Body, "body" | "bodyUsed">;

export interface FullRequestParams extends Omit<RequestInit, "body"> {
  /** set parameter to `true` for call `securityWorker` for this request */
  secure?: boolean;
  /** request path */
  path: string;
  /** content type of request body */
  type?: ContentType;
  /** query params */
  query?: QueryParamsType;
  /** format of response (i.e. response.json() -> format: "json") */
  format?: ResponseFormat;
  /** request body */
  body?: unknown;
  /** base url */
  baseUrl?: string;
  /** request cancellation token */
  cancelToken?: CancelToken;
}

export type RequestParams = Omit<
  FullRequestParams,
  "body" | "method" | "query" | "path"
>;

export interface ApiConfig<SecurityDataType = unknown> {
  baseUrl?: string;
  baseApiParams?: Omit<RequestParams, "baseUrl" | "cancelToken" | "signal">;
  securityWorker?: (
    securityData: SecurityDataType | null,
  ) => Promise<RequestParams | void> | RequestParams | void;
  customFetch?: typeof fetch;
}

export interface HttpResponse<D extends unknown, E extends unknown = unknown>
  extends Response {
  data: D;
  error: E;
}

type CancelToken = Symbol | string | number;

export enum ContentType {
  Json = "application/json",
  JsonApi = "application/vnd.api+json",
  FormData = "multipart/form-data",
  UrlEncoded = "application/x-www-form-urlencoded",
  Text = "text/plain",
}

export class HttpClient<SecurityDataType = unknown> {
  public baseUrl: string = "";
  private securityData: SecurityDataType | null = null;
  private securityWorker?: ApiConfig<SecurityDataType>["securityWorker"];
  private abortControllers = new Map<CancelToken, AbortController>();
  private customFetch = (...fetchParams: Parameters<typeof fetch>) =>
    fetch(...fetchParams);

  private baseApiParams: RequestParams = {
    credentials: "same-origin",
    headers: {},
    redirect: "follow",
    referrerPolicy: "no-referrer",
  };

  constructor(apiConfig: ApiConfig<SecurityDataType> = {}) {
    Object.assign(this, apiConfig);
  }

  public setSecurityData = (data: SecurityDataType | null) => {
    this.securityData = data;
  };

  protected encodeQueryParam(key: string, value: any) {
    const encodedKey = encodeURIComponent(key);
    return `${encodedKey}=${encodeURIComponent(typeof value === "number" ? value : `${value}`)}`;
  }

  protected addQueryParam(query: QueryParamsType, key: string) {
    return this.encodeQueryParam(key, query[key]);
  }

  protected addArrayQueryParam(query: QueryParamsType, key: string) {
    const value = query[key];
    return value.map((v: any) => this.encodeQueryParam(key, v)).join("&");
  }

  protected toQueryString(rawQuery?: QueryParamsType): string {
    const query = rawQuery || {};
    const keys = Object.keys(query).filter(
      (key) => "undefined" !== typeof query[key],
    );
    return keys
      .map((key) =>
        Array.isArray(query[key])
          ? this.addArrayQueryParam(query, key)
          : this.addQueryParam(query, key),
      )
      .join("&");
  }

  protected addQueryParams(rawQuery?: QueryParamsType): string {
    const queryString = this.toQueryString(rawQuery);
    return queryString ? `?${queryString}` : "";
  }

  private contentFormatters: Record<ContentType, (input: any) => any> = {
    [ContentType.Json]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    [ContentType.JsonApi]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    [ContentType.Text]: (input: any) =>
      input !== null && typeof input !== "string"
        ? JSON.stringify(input)
        : input,
    [ContentType.FormData]: (input: any) => {
      if (input instanceof FormData) {
        return input;
      }

      return Object.keys(input || {}).reduce((formData, key) => {
        const property = input[key];
        formData.append(
          key,
          property instanceof Blob
            ? property
            : typeof property === "object" && property !== null
              ? JSON.stringify(property)
              : `${property}`,
        );
        return formData;
      }, new FormData());
    },
    [ContentType.UrlEncoded]: (input: any) => this.toQueryString(input),
  };

  protected mergeRequestParams(
    params1: RequestParams,
    params2?: RequestParams,
  ): RequestParams {
    return {
      ...this.baseApiParams,
      ...params1,
      ...(params2 || {}),
      headers: {
        ...(this.baseApiParams.headers || {}),
        ...(params1.headers || {}),
        ...((params2 && params2.headers) || {}),
      },
    };
  }

  protected createAbortSignal = (
    cancelToken: CancelToken,
  ): AbortSignal | undefined => {
    if (this.abortControllers.has(cancelToken)) {
      const abortController = this.abortControllers.get(cancelToken);
      if (abortController) {
        return abortController.signal;
      }
      return void 0;
    }

    const abortController = new AbortController();
    this.abortControllers.set(cancelToken, abortController);
    return abortController.signal;
  };

  public abortRequest = (cancelToken: CancelToken) => {
    const abortController = this.abortControllers.get(cancelToken);

    if (abortController) {
      abortController.abort();
      this.abortControllers.delete(cancelToken);
    }
  };

  public request = async <T = any, E = any>({
    body,
    secure,
    path,
    type,
    query,
    format,
    baseUrl,
    cancelToken,
    ...params
  }: FullRequestParams): Promise<T> => {
    const secureParams =
      ((typeof secure === "boolean" ? secure : this.baseApiParams.secure) &&
        this.securityWorker &&
        (await this.securityWorker(this.securityData))) ||
      {};
    const requestParams = this.mergeRequestParams(params, secureParams);
    const queryString = query && this.toQueryString(query);
    const payloadFormatter = this.contentFormatters[type || ContentType.Json];
    const responseFormat = format || requestParams.format;

    return this.customFetch(
      `${baseUrl || this.baseUrl || ""}${path}${queryString ? `?${queryString}` : ""}`,
      {
        ...requestParams,
        headers: {
          ...(requestParams.headers || {}),
          ...(type && type !== ContentType.FormData
            ? { "Content-Type": type }
            : {}),
        },
        signal:
          (cancelToken
            ? this.createAbortSignal(cancelToken)
            : requestParams.signal) || null,
        body:
          typeof body === "undefined" || body === null
            ? null
            : payloadFormatter(body),
      },
    ).then(async (response) => {
      const r = response as HttpResponse<T, E>;
      r.data = null as unknown as T;
      r.error = null as unknown as E;

      const responseToParse = responseFormat ? response.clone() : response;
      const data = !responseFormat
        ? r
        : await responseToParse[responseFormat]()
            .then((data) => {
              if (r.ok) {
                r.data = data;
              } else {
                r.error = data;
              }
              return r;
            })
            .catch((e) => {
              r.error = e;
              return r;
            });

      if (cancelToken) {
        this.abortControllers.delete(cancelToken);
      }

      if (!response.ok) throw data;
      return data.data;
    });
  };
}

/**
 * @title ml-connector
 * @version 1
 *
 * See what happened, fix a mapping, replay.
 */
export class Api<
  SecurityDataType extends unknown,
> extends HttpClient<SecurityDataType> {
  v1 = {
    /**
     * No description
     *
     * @name KeysCreate
     * @summary Make a key; it is shown this once
     * @request POST:/v1/keys
     * @secure
     */
    keysCreate: (
      data: {
        /**
         * The person or program that uses it
         * @minLength 1
         * @maxLength 200
         */
        principal: string;
        /** @minItems 1 */
        scopes: ("read" | "source" | "operate" | "admin" | "approve")[];
        tenant?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Key & {
          key: string;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/keys`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name KeysList
     * @summary List keys, without the keys
     * @request GET:/v1/keys
     * @secure
     */
    keysList: (
      query?: {
        cursor?: string;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: Key[];
          next: string | null;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/keys`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name KeysDelete
     * @summary Revoke a key
     * @request DELETE:/v1/keys/{id}
     * @secure
     */
    keysDelete: (id: string, params: RequestParams = {}) =>
      this.request<
        {
          id: string;
          revokedAt: number;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/keys/${id}`,
        method: "DELETE",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name KeyringRotateCreate
     * @summary Wrap the data keys of some tenants and their grants with the newest master key; repeat until next is null
     * @request POST:/v1/keyring/rotate
     * @secure
     */
    keyringRotateCreate: (
      data: {
        cursor?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          rewrapped: number;
          next: string | null;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/keyring/rotate`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsCreate
     * @summary Add a business
     * @request POST:/v1/tenants
     * @secure
     */
    tenantsCreate: (
      data: {
        /**
         * @minLength 1
         * @maxLength 200
         */
        name: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Tenant,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsList
     * @summary List businesses
     * @request GET:/v1/tenants
     * @secure
     */
    tenantsList: (
      query?: {
        cursor?: string;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: Tenant[];
          next: string | null;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsDetail
     * @summary Show a business
     * @request GET:/v1/tenants/{tenant}
     * @secure
     */
    tenantsDetail: (tenant: string, params: RequestParams = {}) =>
      this.request<
        Tenant,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsPartialUpdate
     * @summary Rename a business
     * @request PATCH:/v1/tenants/{tenant}
     * @secure
     */
    tenantsPartialUpdate: (
      tenant: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 200
         */
        name: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Tenant,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}`,
        method: "PATCH",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsDelete
     * @summary Erase a business: its key, its credentials and all of its data, for good
     * @request DELETE:/v1/tenants/{tenant}
     * @secure
     */
    tenantsDelete: (
      tenant: string,
      query: {
        /** Its name, so that it is the right one */
        name: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          id: string;
          /** What is left at the vendors, to be removed there */
          problems: string[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}`,
        method: "DELETE",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsCreate
     * @summary Add a vendor account; credentials follow
     * @request POST:/v1/tenants/{tenant}/connections
     * @secure
     */
    tenantsConnectionsCreate: (
      tenant: string,
      data: {
        vendor:
          | "wave"
          | "wise"
          | "quickbooks"
          | "acumatica"
          | "freshbooks"
          | "cin7";
        /** @default "production" */
        environment?: "production" | "sandbox";
        /**
         * @minLength 1
         * @maxLength 200
         */
        name: string;
        /**
         * What the vendor needs to know, e.g. businessId
         * @default {}
         */
        settings?: Record<string, any>;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Connection,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsList
     * @summary List vendor accounts
     * @request GET:/v1/tenants/{tenant}/connections
     * @secure
     */
    tenantsConnectionsList: (tenant: string, params: RequestParams = {}) =>
      this.request<
        {
          items: Connection[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsDetail
     * @summary Show a vendor account
     * @request GET:/v1/tenants/{tenant}/connections/{connection}
     * @secure
     */
    tenantsConnectionsDetail: (
      tenant: string,
      connection: string,
      params: RequestParams = {},
    ) =>
      this.request<
        ConnectionDetail,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections/${connection}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsPartialUpdate
     * @summary Change name or settings, or demand a client certificate of its webhooks
     * @request PATCH:/v1/tenants/{tenant}/connections/{connection}
     * @secure
     */
    tenantsConnectionsPartialUpdate: (
      tenant: string,
      connection: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 200
         */
        name?: string;
        /** What the vendor needs to know, e.g. businessId */
        settings?: Record<string, any>;
        /** Webhooks are only taken with a client certificate that the zone has verified (mTLS) */
        clientCertificate?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Connection,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections/${connection}`,
        method: "PATCH",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsDelete
     * @summary Remove a vendor account that no integration uses
     * @request DELETE:/v1/tenants/{tenant}/connections/{connection}
     * @secure
     */
    tenantsConnectionsDelete: (
      tenant: string,
      connection: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          id: string;
          /** What is left at the vendor, to be removed there */
          problems: string[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections/${connection}`,
        method: "DELETE",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsCredentialsUpdate
     * @summary Store credentials, after they were tried at the vendor
     * @request PUT:/v1/tenants/{tenant}/connections/{connection}/credentials
     * @secure
     */
    tenantsConnectionsCredentialsUpdate: (
      tenant: string,
      connection: string,
      data: Record<string, any>,
      params: RequestParams = {},
    ) =>
      this.request<
        | Reached
        | {
            stored: "app";
          },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections/${connection}/credentials`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsWebhookSecretUpdate
     * @summary Store the secret that the vendor signs its webhooks with
     * @request PUT:/v1/tenants/{tenant}/connections/{connection}/webhook-secret
     * @secure
     */
    tenantsConnectionsWebhookSecretUpdate: (
      tenant: string,
      connection: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 1000
         */
        secret: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Connection,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections/${connection}/webhook-secret`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsTestCreate
     * @summary Call the real system with the stored credentials
     * @request POST:/v1/tenants/{tenant}/connections/{connection}/test
     * @secure
     */
    tenantsConnectionsTestCreate: (
      tenant: string,
      connection: string,
      params: RequestParams = {},
    ) =>
      this.request<
        Reached,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections/${connection}/test`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsAuthorizeList
     * @summary A link to the vendor’s consent page; it works once, within ten minutes
     * @request GET:/v1/tenants/{tenant}/connections/{connection}/authorize
     * @secure
     */
    tenantsConnectionsAuthorizeList: (
      tenant: string,
      connection: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          url: string;
          redirectUri: string;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections/${connection}/authorize`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsConfirmCreate
     * @summary The company that a first consent reached is the right one: work may begin
     * @request POST:/v1/tenants/{tenant}/connections/{connection}/confirm
     * @secure
     */
    tenantsConnectionsConfirmCreate: (
      tenant: string,
      connection: string,
      params: RequestParams = {},
    ) =>
      this.request<
        Connection,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections/${connection}/confirm`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsConnectionsWebhooksCreate
     * @summary Register the vendor’s webhooks, or tell how it is done by hand; repeating it repairs
     * @request POST:/v1/tenants/{tenant}/connections/{connection}/webhooks
     * @secure
     */
    tenantsConnectionsWebhooksCreate: (
      tenant: string,
      connection: string,
      params: RequestParams = {},
    ) =>
      this.request<
        Webhooks,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/connections/${connection}/webhooks`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsCreate
     * @summary Switch a pair on for a business
     * @request POST:/v1/tenants/{tenant}/integrations
     * @secure
     */
    tenantsIntegrationsCreate: (
      tenant: string,
      data: {
        pair:
          | "wave-cin7"
          | "wave-wise"
          | "quickbooks-cin7"
          | "acumatica-cin7"
          | "freshbooks-cin7";
        sourceConnection: string;
        targetConnection: string;
        /** Checked by the pair, and against the target */
        settings: Record<string, any>;
        /**
         * Flows that are not named are on
         * @default {}
         */
        flows?: Record<
          string,
          {
            enabled: boolean;
            /** @example "*\/15 * * * *" */
            schedule?: string;
            /** What becomes of the batch of a failed record */
            onFailure?: "stop" | "continue";
          }
        >;
        /** @example "*\/15 * * * *" */
        schedule?: string;
        /**
         * Nothing dated before is carried by itself
         * @format date
         * @example "2026-01-01"
         */
        startDate: string;
        /**
         * Paused, nothing is carried until it is resumed: match what stands on both sides first
         * @default "active"
         */
        state?: "active" | "paused";
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Integration,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsList
     * @summary List integrations
     * @request GET:/v1/tenants/{tenant}/integrations
     * @secure
     */
    tenantsIntegrationsList: (tenant: string, params: RequestParams = {}) =>
      this.request<
        {
          items: Integration[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsDetail
     * @summary Show an integration
     * @request GET:/v1/tenants/{tenant}/integrations/{integration}
     * @secure
     */
    tenantsIntegrationsDetail: (
      tenant: string,
      integration: string,
      params: RequestParams = {},
    ) =>
      this.request<
        Integration,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsPartialUpdate
     * @summary Change settings, flows, schedule or start date; what is posted already stays as it is
     * @request PATCH:/v1/tenants/{tenant}/integrations/{integration}
     * @secure
     */
    tenantsIntegrationsPartialUpdate: (
      tenant: string,
      integration: string,
      data: {
        /** Checked by the pair, and against the target */
        settings?: Record<string, any>;
        flows?: Record<
          string,
          {
            enabled: boolean;
            /** @example "*\/15 * * * *" */
            schedule?: string;
            /** What becomes of the batch of a failed record */
            onFailure?: "stop" | "continue";
          }
        >;
        /** @example "*\/15 * * * *" */
        schedule?: string;
        /**
         * Nothing dated before is carried by itself
         * @format date
         * @example "2026-01-01"
         */
        startDate?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Integration,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}`,
        method: "PATCH",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsDelete
     * @summary Switch a pair off for good; links and audit stay
     * @request DELETE:/v1/tenants/{tenant}/integrations/{integration}
     * @secure
     */
    tenantsIntegrationsDelete: (
      tenant: string,
      integration: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          id: string;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}`,
        method: "DELETE",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsPauseCreate
     * @summary Let everything wait; nothing is lost
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/pause
     * @secure
     */
    tenantsIntegrationsPauseCreate: (
      tenant: string,
      integration: string,
      params: RequestParams = {},
    ) =>
      this.request<
        Integration,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/pause`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsResumeCreate
     * @summary Go on
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/resume
     * @secure
     */
    tenantsIntegrationsResumeCreate: (
      tenant: string,
      integration: string,
      params: RequestParams = {},
    ) =>
      this.request<
        Integration,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/resume`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsPollCreate
     * @summary Ask the source now what has changed
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/poll
     * @secure
     */
    tenantsIntegrationsPollCreate: (
      tenant: string,
      integration: string,
      data: {
        /**
         * All that are on, if left out
         * @minItems 1
         */
        flows?: string[];
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          flows: string[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/poll`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsBackfillCreate
     * @summary Carry everything the source has, also from before the start date; live work goes first
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/backfill
     * @secure
     */
    tenantsIntegrationsBackfillCreate: (
      tenant: string,
      integration: string,
      data: {
        /**
         * All that are on, if left out
         * @minItems 1
         */
        flows?: string[];
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          flows: string[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/backfill`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsSweepCreate
     * @summary Compare everything the source has with what was carried: finds what nothing told of, such as deletions
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/sweep
     * @secure
     */
    tenantsIntegrationsSweepCreate: (
      tenant: string,
      integration: string,
      data: {
        /**
         * All that are on, if left out
         * @minItems 1
         */
        flows?: string[];
        /**
         * So many records may be gone from the source; more than usual only after a sweep has asked
         * @min 0
         */
        atMost?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          flows: string[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/sweep`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsReconciliationList
     * @summary Whether both sides agree, as of the last comparison: what is missing where and why, what differs by how much
     * @request GET:/v1/tenants/{tenant}/integrations/{integration}/reconciliation
     * @secure
     */
    tenantsIntegrationsReconciliationList: (
      tenant: string,
      integration: string,
      query?: {
        cursor?: string;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
        /** First business date; from the beginning, if left out */
        from?: string;
        /** Last business date */
        to?: string;
        status?:
          | "matched"
          | "differs"
          | "changed"
          | "only_source"
          | "only_target"
          | "neither";
        /**
         * Id or number of a document on either side, e.g. of a transfer: only what has it
         * @minLength 1
         */
        about?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: ReconciledDocument[];
          next: string | null;
          flows: ReconciledFlow[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/reconciliation`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsReconciliationCreate
     * @summary Compare both sides now, behind live work; the same path tells what came of it
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/reconciliation
     * @secure
     */
    tenantsIntegrationsReconciliationCreate: (
      tenant: string,
      integration: string,
      data: {
        /** First business date; from the beginning, if left out */
        from?: string;
        /** Last business date */
        to?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          flows: string[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/reconciliation`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsHoldingsList
     * @summary What both sides hold in the accounts that stand for each other, read now, and by how much they differ
     * @request GET:/v1/tenants/{tenant}/integrations/{integration}/holdings
     * @secure
     */
    tenantsIntegrationsHoldingsList: (
      tenant: string,
      integration: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          agrees: boolean;
          /** Empty where the pair has nothing of the kind */
          items: Holding[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/holdings`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsMatchCreate
     * @summary Read both lists and propose which records are the same; works while the integration is paused
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/match
     * @secure
     */
    tenantsIntegrationsMatchCreate: (
      tenant: string,
      integration: string,
      data: {
        /**
         * All that can be matched, if left out
         * @minItems 1
         */
        flows?: string[];
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          flows: string[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/match`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsMatchesList
     * @summary What the opening match proposes: source records without a link, and what they could be in the target
     * @request GET:/v1/tenants/{tenant}/integrations/{integration}/matches
     * @secure
     */
    tenantsIntegrationsMatchesList: (
      tenant: string,
      integration: string,
      query?: {
        cursor?: string;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
        flow?: string;
        sure?: "certain" | "likely" | "possible" | "several" | "none";
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: Match[];
          next: string | null;
          flows: MatchedFlow[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/matches`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsMatchesAcceptCreate
     * @summary Link records that are the same, one by one (also such as were not proposed), or all that are that sure
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/matches/accept
     * @secure
     */
    tenantsIntegrationsMatchesAcceptCreate: (
      tenant: string,
      integration: string,
      data:
        | {
            /**
             * @maxItems 200
             * @minItems 1
             */
            links: {
              flow: string;
              sourceId: string;
              /**
               * As proposed: a currency, a payment; empty where a record is one whole
               * @default ""
               */
              variant?: string;
              /**
               * Null undoes a link that the connector has not looked at yet
               * @minLength 1
               */
              targetId: string | null;
            }[];
          }
        | {
            sure: "certain" | "likely";
            flow?: string;
          },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          linked: number;
          refused: {
            flow: string;
            sourceId: string;
            variant: string;
            targetId: string | null;
            reason: string;
          }[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/matches/accept`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsTransfersCreate
     * @summary Ask for an invoice to be paid; somebody else approves it
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/transfers
     * @secure
     */
    tenantsIntegrationsTransfersCreate: (
      tenant: string,
      integration: string,
      data: {
        /** @minLength 1 */
        invoiceId: string;
        /** What the recipient gets; the total, if left out */
        amount?: string;
        /** Of the invoice, if left out */
        currency?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          invoiceId: string;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/transfers`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsTransfersList
     * @summary All that was asked to be paid: how it stands, amounts, rate, fee, and when the price ends
     * @request GET:/v1/tenants/{tenant}/integrations/{integration}/transfers
     * @secure
     */
    tenantsIntegrationsTransfersList: (
      tenant: string,
      integration: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: Payout[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/transfers`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsTransfersWithdrawCreate
     * @summary Withdraw a payment that has no money yet: what waits is not made, what was ordered at Wise is cancelled
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/transfers/withdraw
     * @secure
     */
    tenantsIntegrationsTransfersWithdrawCreate: (
      tenant: string,
      integration: string,
      data: {
        /** @minLength 1 */
        invoiceId: string;
        /**
         * @minLength 1
         * @maxLength 300
         */
        reason: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          invoiceId: string;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/transfers/withdraw`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsRecipientsUpdate
     * @summary Enter where a customer is paid; somebody else approves it, and Wise is asked whether it is complete
     * @request PUT:/v1/tenants/{tenant}/integrations/{integration}/recipients
     * @secure
     */
    tenantsIntegrationsRecipientsUpdate: (
      tenant: string,
      integration: string,
      data: {
        /** @minLength 1 */
        customerId: string;
        /** Kept sealed; only the end is shown again */
        profile: Record<string, any>;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          customerId: string;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/recipients`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsRecipientsList
     * @summary Where customers are paid, as far as that is shown again
     * @request GET:/v1/tenants/{tenant}/integrations/{integration}/recipients
     * @secure
     */
    tenantsIntegrationsRecipientsList: (
      tenant: string,
      integration: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: {
            sourceId: string;
            variant: string;
            shown: Record<string, string>;
          }[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/recipients`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsApprovalsList
     * @summary What waits for approval, and what was approved, each with its terms and the most that it may cost
     * @request GET:/v1/tenants/{tenant}/integrations/{integration}/approvals
     * @secure
     */
    tenantsIntegrationsApprovalsList: (
      tenant: string,
      integration: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: Approval[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/approvals`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsApprovalsCreate
     * @summary Approve a payment, a recipient, or changed settings, as somebody else than who asked for it
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/approvals
     * @secure
     */
    tenantsIntegrationsApprovalsCreate: (
      tenant: string,
      integration: string,
      data: {
        /**
         * As GET …/approvals names it
         * @minLength 1
         */
        subject: string;
        /**
         * Of the terms that were seen: other ones are not approved by it
         * @minLength 1
         */
        hash: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Approval,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/approvals`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsPreviewCreate
     * @summary What would be written: requests, mapping decisions, effect per account; nothing is, anywhere
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/preview
     * @secure
     */
    tenantsIntegrationsPreviewCreate: (
      tenant: string,
      integration: string,
      data:
        | {
            flow: string;
            /**
             * As a replay that applies changed mappings
             * @default false
             */
            remap?: boolean;
            /**
             * As a backfill: also from before the start date
             * @default false
             */
            history?: boolean;
            /**
             * @minLength 1
             * @maxLength 300
             */
            sourceId: string;
          }
        | {
            flow: string;
            /**
             * As a replay that applies changed mappings
             * @default false
             */
            remap?: boolean;
            /**
             * As a backfill: also from before the start date
             * @default false
             */
            history?: boolean;
            /**
             * Business date, included
             * @default "0000-01-01"
             */
            from?: string;
            /** @default "9999-12-31" */
            to?: string;
            /** @maxLength 5000 */
            cursor?: string;
            /**
             * @min 1
             * @max 10
             * @default 5
             */
            limit?: number;
          },
      params: RequestParams = {},
    ) =>
      this.request<
        Preview,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/preview`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsMappingsDetail
     * @summary Show a mapping
     * @request GET:/v1/tenants/{tenant}/integrations/{integration}/mappings/{kind}
     * @secure
     */
    tenantsIntegrationsMappingsDetail: (
      tenant: string,
      integration: string,
      kind: string,
      params: RequestParams = {},
    ) =>
      this.request<
        Mapping,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/mappings/${kind}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsMappingsUpdate
     * @summary Map codes; what is posted already stays as it is
     * @request PUT:/v1/tenants/{tenant}/integrations/{integration}/mappings/{kind}
     * @secure
     */
    tenantsIntegrationsMappingsUpdate: (
      tenant: string,
      integration: string,
      kind: string,
      data: {
        /** @maxItems 500 */
        entries: {
          /** @minLength 1 */
          code: string;
          /** @minLength 1 */
          target: string | null;
        }[];
        /** Replay the failed records that wait for these codes, 500 at most */
        replay?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        SavedMapping,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/mappings/${kind}`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsReferencesDetail
     * @summary What can be mapped, with suggestions for the source side
     * @request GET:/v1/tenants/{tenant}/integrations/{integration}/references/{side}/{kind}
     * @secure
     */
    tenantsIntegrationsReferencesDetail: (
      tenant: string,
      integration: string,
      kind: string,
      side: "source" | "target",
      params: RequestParams = {},
    ) =>
      this.request<
        {
          at: number | null;
          items: {
            kind: string;
            code: string;
            name: string;
            active: boolean;
            uses: string[];
            suggestion?: string;
          }[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/references/${side}/${kind}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsReferencesRefreshCreate
     * @summary Read a list of the vendor anew
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/references/refresh
     * @secure
     */
    tenantsIntegrationsReferencesRefreshCreate: (
      tenant: string,
      integration: string,
      data: {
        side: "source" | "target";
        kind: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          at: number | null;
          count: number;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/references/refresh`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsRecordsList
     * @summary What happened to which record
     * @request GET:/v1/tenants/{tenant}/records
     * @secure
     */
    tenantsRecordsList: (
      tenant: string,
      query?: {
        cursor?: string;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
        integration?: string;
        flow?: string;
        status?: string;
        /**
         * Of the failure, or of what it waits for
         * @minLength 1
         */
        code?: string;
        /**
         * First seen then or later; milliseconds since 1970
         * @min 0
         * @max 281474976710654
         */
        from?: number | null;
        /**
         * First seen then or earlier
         * @min 0
         * @max 281474976710654
         */
        to?: number | null;
        /**
         * Source number (exact or its beginning), or source id
         * @minLength 1
         * @maxLength 300
         */
        q?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: CarriedRecord[];
          next: string | null;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/records`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsRecordsDetail
     * @summary One record, with everything that was done for it
     * @request GET:/v1/tenants/{tenant}/records/{record}
     * @secure
     */
    tenantsRecordsDetail: (
      tenant: string,
      record: string,
      params: RequestParams = {},
    ) =>
      this.request<
        CarriedRecord & {
          timeline: {
            at: number;
            kind: "attempt" | "poll" | "action" | "ignored" | "alert";
            actor: {
              by:
                | "webhook"
                | "poll"
                | "replay"
                | "key"
                | "dependency"
                | "service";
              id?: string;
            };
            integration?: string;
            flow?: string;
            record?: string;
            sourceId?: string;
            sourceNumber?: string;
            targetId?: string;
            targetNumber?: string;
            outcome: string;
            code?: string;
            text?: string;
            remedy?: string;
            /** @default [] */
            requests?: {
              vendor: string;
              method: string;
              route: string;
              status: number;
              ms: number;
            }[];
            correlation: string;
            bodyHash?: string;
            details?: Record<string, any>;
            seq: number;
          }[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/records/${record}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsRecordsSourceList
     * @summary The source record as it was read; that it was shown stands in the audit
     * @request GET:/v1/tenants/{tenant}/records/{record}/source
     * @secure
     */
    tenantsRecordsSourceList: (
      tenant: string,
      record: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          sourceId: string;
          readAt: number;
          body?: any;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/records/${record}/source`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsRecordsReplayCreate
     * @summary Do what is not done yet, from the stored source record
     * @request POST:/v1/tenants/{tenant}/records/{record}/replay
     * @secure
     */
    tenantsRecordsReplayCreate: (
      tenant: string,
      record: string,
      data: {
        /** Ask the source again */
        reread?: boolean;
        /** Apply changed mappings to what is posted already */
        remap?: boolean;
        /** The target was deleted on purpose: post it again */
        newGeneration?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          queued: true;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/records/${record}/replay`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsIntegrationsRecordsCreate
     * @summary Carry this record now
     * @request POST:/v1/tenants/{tenant}/integrations/{integration}/records
     * @secure
     */
    tenantsIntegrationsRecordsCreate: (
      tenant: string,
      integration: string,
      data: {
        flow: string;
        /**
         * @minLength 1
         * @maxLength 300
         */
        sourceId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          queued: true;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/integrations/${integration}/records`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsFailuresList
     * @summary What did not go through, grouped by what is to be done about it
     * @request GET:/v1/tenants/{tenant}/failures
     * @secure
     */
    tenantsFailuresList: (
      tenant: string,
      query?: {
        cursor?: string;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
        /**
         * failed = a person has to act, then replay; waiting and uncertain mostly go on by themselves
         * @default "failed"
         */
        status?: "failed" | "waiting" | "uncertain";
        integration?: string;
        flow?: string;
        code?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: Failure[];
          next: string | null;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/failures`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsReplaysCreate
     * @summary Replay failed records by what they have in common, from their stored source records
     * @request POST:/v1/tenants/{tenant}/replays
     * @secure
     */
    tenantsReplaysCreate: (
      tenant: string,
      data: {
        integration?: string;
        flow?: string;
        code?: string;
        /** As the list of failures shows it */
        remedy?: string;
        /**
         * @min 1
         * @max 500
         */
        limit?: number;
        /** Ask the source again */
        reread?: boolean;
        /** Apply changed mappings to what is posted already */
        remap?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        Replayed,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/replays`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsRecordsIgnoreCreate
     * @summary Set a failed or waiting record aside, with a reason; its batch goes on
     * @request POST:/v1/tenants/{tenant}/records/{record}/ignore
     * @secure
     */
    tenantsRecordsIgnoreCreate: (
      tenant: string,
      record: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 500
         */
        reason: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          ignored: true;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/records/${record}/ignore`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsRecordsResolveCreate
     * @summary Settle a conflict: say what holds
     * @request POST:/v1/tenants/{tenant}/records/{record}/resolve
     * @secure
     */
    tenantsRecordsResolveCreate: (
      tenant: string,
      record: string,
      data: {
        /** target: it stays as it is, nothing is written. source: what somebody edited in the target is written over; what was built on it (payments, shipments, credit notes) is not, and is a conflict again that names it */
        holds: "source" | "target";
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          queued: true;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/records/${record}/resolve`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsAlertsList
     * @summary What needs a person, one entry per cause
     * @request GET:/v1/tenants/{tenant}/alerts
     * @secure
     */
    tenantsAlertsList: (
      tenant: string,
      query?: {
        cursor?: string;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
        /** @default "true" */
        open?: "true" | "false";
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: Alert[];
          next: string | null;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/alerts`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsAuditVerifyList
     * @summary Whether the audit is what was written: nothing changed, missing, swapped or cut off
     * @request GET:/v1/tenants/{tenant}/audit/verify
     * @secure
     */
    tenantsAuditVerifyList: (tenant: string, params: RequestParams = {}) =>
      this.request<
        | {
            ok: true;
            entries: number;
          }
        | {
            ok: false;
            seq: number;
            problem: string;
          },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/audit/verify`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsBatchesResumeCreate
     * @summary Let the held records go on without the failed one
     * @request POST:/v1/tenants/{tenant}/batches/{batch}/resume
     * @secure
     */
    tenantsBatchesResumeCreate: (
      tenant: string,
      batch: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          resumed: number;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/batches/${batch}/resume`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsRecordsAdoptCreate
     * @summary It happened: this is what the uncertain step made in the target
     * @request POST:/v1/tenants/{tenant}/records/{record}/adopt
     * @secure
     */
    tenantsRecordsAdoptCreate: (
      tenant: string,
      record: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 300
         */
        targetId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          queued: true;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/records/${record}/adopt`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsRecordsResendCreate
     * @summary It did not happen: send the uncertain step again
     * @request POST:/v1/tenants/{tenant}/records/{record}/resend
     * @secure
     */
    tenantsRecordsResendCreate: (
      tenant: string,
      record: string,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          queued: true;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/records/${record}/resend`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name DeadLettersDelete
     * @summary Throw a message away that cannot be handed over
     * @request DELETE:/v1/dead-letters/{id}
     * @secure
     */
    deadLettersDelete: (id: string, params: RequestParams = {}) =>
      this.request<
        {
          deleted: true;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/dead-letters/${id}`,
        method: "DELETE",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name DeadLettersReplayCreate
     * @summary Put a message back into its queue
     * @request POST:/v1/dead-letters/{id}/replay
     * @secure
     */
    deadLettersReplayCreate: (id: string, params: RequestParams = {}) =>
      this.request<
        {
          queued: true;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/dead-letters/${id}/replay`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name AlertTargetsList
     * @summary Where alerts are sent, and whether they arrive
     * @request GET:/v1/alert-targets
     * @secure
     */
    alertTargetsList: (params: RequestParams = {}) =>
      this.request<
        {
          items: AlertTarget[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/alert-targets`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name AlertTargetsUpdate
     * @summary Set where alerts are sent; what is left out is removed, what is new gets a secret
     * @request PUT:/v1/alert-targets
     * @secure
     */
    alertTargetsUpdate: (
      data: {
        /** @maxItems 20 */
        targets: {
          /** Of one that is there already; it keeps its secret */
          id?: string;
          /** @maxLength 2000 */
          url: string;
          /**
           * Empty: all of them
           * @default []
           */
          kinds?: (
            | "batch_stopped"
            | "reconnect"
            | "consent_ends"
            | "breaker_open"
            | "stream_stalled"
            | "set_aside"
            | "sweep_stopped"
            | "webhooks"
            | "mapping_lapsed"
            | "record_failed"
            | "dead_letter"
            | "recovery"
            | "books_differ"
            | "holdings_differ"
            | "account_notice"
            | "backlog"
            | "database_full"
            | "alert_target_away"
          )[];
          /**
           * Null: of all, and of the deployment itself
           * @default null
           */
          tenant?: string | null;
        }[];
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: NewAlertTarget[];
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/alert-targets`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name AlertTargetsTestCreate
     * @summary Send a test message now, and tell what came back
     * @request POST:/v1/alert-targets/{id}/test
     * @secure
     */
    alertTargetsTestCreate: (id: string, params: RequestParams = {}) =>
      this.request<
        {
          ok: boolean;
          problem: string;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/alert-targets/${id}/test`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsExportList
     * @summary All data of a business, a JSON object per line, without secrets
     * @request GET:/v1/tenants/{tenant}/export
     * @secure
     */
    tenantsExportList: (tenant: string, params: RequestParams = {}) =>
      this.request<
        string,
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/export`,
        method: "GET",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsRestoreCreate
     * @summary Put the ledger, links and work of a business back to a point in time; nothing is posted again because of it
     * @request POST:/v1/tenants/{tenant}/restore
     * @secure
     */
    tenantsRestoreCreate: (
      tenant: string,
      data: {
        /** Milliseconds since 1970, within the last 30 days */
        at: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          id: string;
          at: number;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/restore`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name HealthList
     * @summary Is everything going through
     * @request GET:/v1/health
     * @secure
     */
    healthList: (
      query?: {
        cursor?: string;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          ok: boolean;
          tenants: {
            id: string;
            name: string;
            reachable: boolean;
            waiting: number;
            failed: number;
            oldestDue: number | null;
            /** Entries that people do not see yet */
            outbox: number;
            integrations: IntegrationHealth[];
          }[];
          /** Whether a message waits that nobody could take */
          deadLetters: boolean;
          alertTargets: {
            id: string;
            failingSince: number | null;
            lastError: string;
          }[];
          next: string | null;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/health`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name TenantsAuditList
     * @summary Every attempt and every action of an operator, in order
     * @request GET:/v1/tenants/{tenant}/audit
     * @secure
     */
    tenantsAuditList: (
      tenant: string,
      query?: {
        /**
         * Entries after this sequence
         * @min 0
         * @default 0
         */
        cursor?: number | null;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
        /** Only what was done for this record */
        record?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: AuditEntry[];
          next: string | null;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/tenants/${tenant}/audit`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @name DeadLettersList
     * @summary Queue messages that could not be handed over
     * @request GET:/v1/dead-letters
     * @secure
     */
    deadLettersList: (
      query?: {
        cursor?: string;
        /**
         * @min 1
         * @max 100
         * @default 50
         */
        limit?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          items: {
            id: string;
            queue: string;
            reason: string;
            body: string;
            at: number;
          }[];
          next: string | null;
        },
        {
          type: "about:blank";
          title: string;
          status: number;
          code: string;
          detail: string;
          problems?: {
            path: string;
            message: string;
          }[];
        }
      >({
        path: `/v1/dead-letters`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),
  };
}
