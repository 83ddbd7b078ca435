package spec

import (
	"math/rand"
	"os"
	"path/filepath"
	"testing"
	"time"
	"strings"
)

func all(n *node, into *[]*node) { *into = append(*into, n); for _, m := range n.members { all(m.value, into) }; for _, i := range n.items { all(i, into) } }

func TestMutate(t *testing.T) {
	fs, _ := filepath.Glob(os.Getenv("CORPUS") + "/*")
	rng := rand.New(rand.NewSource(time.Now().UnixNano()))
	problems := map[string]int{}
	okc, n := 0, 0
	for time.Now().Before(time.Now()) || n < 1200 {
		f := fs[rng.Intn(len(fs))]
		if strings.HasSuffix(f, ".md") { continue }
		data, _ := os.ReadFile(f)
		if len(data) > 400000 { continue }
		n++
		root, _ := read("x", data, &report{})
		var nodes []*node
		all(root, &nodes)
		for range 1 + rng.Intn(6) {
			a, b := nodes[rng.Intn(len(nodes))], nodes[rng.Intn(len(nodes))]
			if a == root { continue }
			switch rng.Intn(8) {
			case 0: *a = node{at: a.at}
			case 1: *a = *newText(a.at, "zz")
			case 2: *a = *newBool(a.at, true)
			case 3: *a = *newList(a.at)
			case 4: *a = *newObject(a.at)
			case 5: if b.size() < 5000 { *a = *b.clone() }
			case 6: if a.shape == shapeObject { a.add(&member{key: "$ref", value: newText(a.at, "#/components/schemas/" + func() string { k := keysOf(root.find([]string{"components","schemas"})); if len(k)==0 {return "X"}; return k[rng.Intn(len(k))] }())}) }
			case 7: *a = *newList(a.at, a.clone())
			}
		}
		out := root.appendJSON(nil)
		os.WriteFile("/tmp/last.json", out, 0o600)
		start := time.Now()
		doc, err := Parse("x.json", out, Options{})
		if d := time.Since(start); d > 5*time.Second { t.Errorf("%s took %v", f, d); os.WriteFile("/tmp/slow.json", out, 0o600) }
		if err == nil { okc++; if _, err := doc.Clone(); err != nil { t.Error(err) } } else {
			for _, i := range err.(Issues) { if strings.Contains(i.Problem, "cannot be read:") { problems[i.Problem]++; if problems[i.Problem]==1 {os.WriteFile("/tmp/bad"+string(rune('a'+len(problems)%26))+".json", out, 0o600)} } }
		}
	}
	t.Log(n, okc)
	for p, c := range problems { t.Log(c, p) }
}
