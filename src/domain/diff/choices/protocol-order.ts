import { budgets } from '../../budgets.ts'
import { doubt } from '../../doubt.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { identityOf } from '../../manifest/names.ts'
import { isOrderOpen } from '../../routing/assumed-order.ts'
import { canShareAPod } from '../../routing/listeners/gateways.ts'
import { areInConflict, serversOnMixedPorts } from '../../routing/listeners/port-protocols.ts'
import { ageOf, type OwnServer } from '../../routing/listeners/server-duplicates.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import { rangeOf } from '../../source/located.ts'
import type { Unsettled } from './mesh-choices.ts'

/** Gateways of which only their age, which nobody knows here, says whose protocol a port has. */
export interface ProtocolOrder {
  /** Those that are neither the first nor the last by name, one by one. */
  readonly between: readonly string[]
  readonly unsettled: readonly Unsettled[]
}

/** The Gateways, of each side by themselves, that are on one port of perhaps the same pods with protocols of which one drops the other. */
export function protocolOrder(sides: readonly (readonly Gateway[])[]): ProtocolOrder {
  const open = new Set(sides.flatMap(openGateways))
  if (open.size === 0) return { between: [], unsettled: [] }
  const objects = [...new Map([...open].map((each) => [identityOf(each), each])).values()]
  const ages = [...new Set(objects.map(ageOf))].toSorted(compareTexts)
  const of = objects.map(identityOf).toSorted(compareTexts)
  return {
    between: ages.slice(1, -1).slice(0, budgets.orders.size),
    unsettled: [
      {
        objects: objects.filter(({ madeOf }) => madeOf === undefined),
        doubt: doubt({ code: 'protocol-order', of }, ...objects.map((each) => rangeOf(each))),
      },
    ],
  }
}

function openGateways(gateways: readonly Gateway[]): readonly Gateway[] {
  return [...serversOnMixedPorts(gateways).values()].flatMap((there) =>
    there.filter((one) => there.some((other) => isOpen(one, other))).map(({ gateway }) => gateway),
  )
}

function isOpen({ gateway: a, server }: OwnServer, { gateway: b, server: other }: OwnServer): boolean {
  return a !== b && areInConflict(server, other) && canShareAPod(a, b) && isOrderOpen(a, b)
}
