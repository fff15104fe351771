// Package quiet keeps Istio from printing anything beside the answers.
package quiet

import "istio.io/istio/pkg/log"

// The import path sorts before Istio's own, so that this comes before packages that print while they are made ready.
func init() {
	Silence()
}

// Silence is for the scopes that are there: once more, when those of all packages are.
func Silence() {
	options := log.DefaultOptions()
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.NoneLevel)
	if err := log.Configure(options); err != nil {
		panic(err)
	}
}
