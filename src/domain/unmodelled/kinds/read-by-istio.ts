/** Labels and annotations that Istio reads on what is not its own: injection, revision, ambient, waypoints, exports. */
export const readByIstio = /(?:^|\.)istio\.io\/|^istio-injection$/
