import type { Movement } from '../../vendors/wise/movements'
import type { Rule, Settings } from './settings'

/** The first rule that fits a movement. */
export const ruleFor = ({ rules }: Settings, movement: Movement): Rule | undefined =>
  rules.find((rule) => fits(rule, movement))

const fits = (rule: Rule, { direction, channel, reference }: Movement): boolean =>
  (rule.direction ?? direction) === direction &&
  (rule.channel ?? channel).toLowerCase() === channel.toLowerCase() &&
  reference.startsWith(rule.reference ?? '')
