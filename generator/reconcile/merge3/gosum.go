package merge3

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/mod/semver"
)

// GoSum has every sum of ours and theirs once, in the order of `go mod tidy`. A sum too many does no
// harm, and `go mod tidy` removes it.
func GoSum(ours, theirs []byte) []byte {
	var sums []string
	for l := range strings.Lines(string(ours) + "\n" + string(theirs)) {
		if sum := strings.TrimSpace(l); sum != "" {
			sums = append(sums, sum+"\n")
		}
	}
	slices.SortFunc(sums, compareSums)
	return []byte(strings.Join(slices.Compact(sums), ""))
}

// compareSums compares by module, version, go.mod after the module itself, and sum.
func compareSums(a, b string) int {
	moduleA, restA, _ := strings.Cut(a, " ")
	moduleB, restB, _ := strings.Cut(b, " ")
	versionA, _, _ := strings.Cut(restA, " ")
	versionB, _, _ := strings.Cut(restB, " ")
	versionA, fileA, _ := strings.Cut(versionA, "/")
	versionB, fileB, _ := strings.Cut(versionB, "/")
	return cmp.Or(
		cmp.Compare(moduleA, moduleB),
		semver.Compare(versionA, versionB),
		cmp.Compare(versionA, versionB),
		cmp.Compare(fileA, fileB),
		cmp.Compare(a, b),
	)
}
