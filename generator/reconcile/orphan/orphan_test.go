package orphan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const intro = "package api\n\n// None of this is in the document any more. It stays while code outside of this package uses it.\n\n"

// TestFile has what package api was and is, the names that code outside of it uses, and what keeps these.
func TestFile(t *testing.T) {
	for _, test := range []struct {
		name, before, after string
		vanished            []string
		used                string // of these
		want                string
	}{
		{name: "nothing", before: "type A struct{}", after: "type A struct{}\n\ntype B struct{}"},
		{
			name: "a type, with its comment", before: "// A is one.\ntype A struct {\n\tID int // its key\n}\n\ntype B struct{}", after: "type B struct{}",
			vanished: []string{"A"}, used: "A", want: "// A is one.\ntype A struct {\n\tID int // its key\n}\n",
		},
		{
			name: "nobody uses it", before: "type A struct{}", vanished: []string{"A"},
		},
		{
			name: "what is not exported is nobody's", before: "type a struct{}\n\nfunc f() {}",
		},
		{
			name: "its methods", before: "type A struct{}\n\nfunc (a A) Get() int { return 1 }\n\n// Set sets.\nfunc (a *A) Set() {}",
			vanished: []string{"A"}, used: "A",
			want: "type A struct{}\n\nfunc (a A) Get() int { return 1 }\n\n// Set sets.\nfunc (a *A) Set() {}\n",
		},
		{
			name: "the methods of Unimplemented types stay away: their types are gone", vanished: []string{"UnimplementedPosts"}, used: "UnimplementedPosts",
			before: "type UnimplementedPosts struct{}\n\nfunc (UnimplementedPosts) GetPost(GetPostRequestObject) {}", want: "type UnimplementedPosts struct{}\n",
		},
		{
			name: "what it refers to, and what that does", before: "type A struct{ B []B }\n\ntype B map[string]*c\n\ntype c int\n\ntype D int",
			vanished: []string{"A", "B", "D"}, used: "A", want: "type A struct{ B []B }\n\ntype B map[string]*c\n\ntype c int\n",
		},
		{
			name: "what is still there is not there twice", before: "type A struct{ B B }\n\ntype B int", after: "type B int",
			vanished: []string{"A"}, used: "A", want: "type A struct{ B B }\n",
		},
		{
			name: "types that refer to each other", before: "type A struct{ B *B }\n\ntype B struct{ A *A }",
			vanished: []string{"A", "B"}, used: "B", want: "type A struct{ B *B }\n\ntype B struct{ A *A }\n",
		},
		{
			name: "a constant of a group, and its type", before: "type Kind string\n\n// The kinds.\nconst (\n\tKindA Kind = \"a\"\n\t// KindB is another.\n\tKindB Kind = \"b\"\n)",
			vanished: []string{"Kind", "KindA", "KindB"}, used: "KindB",
			want: "type Kind string\n\n// KindB is another.\nconst KindB Kind = \"b\"\n",
		},
		{
			name: "a constant of a type that is still there", before: "type Kind string\n\nconst KindA Kind = \"a\"\n\nconst KindB Kind = \"b\"", after: "type Kind string\n\nconst KindA Kind = \"a\"",
			vanished: []string{"KindB"}, used: "KindB", want: "const KindB Kind = \"b\"\n",
		},
		{
			name: "a variable and a function", before: "var ErrA = newErr()\n\nfunc newErr() error { return nil }\n\nfunc Do() { _ = ErrA }",
			vanished: []string{"Do", "ErrA"}, used: "Do",
			want: "func Do() { _ = ErrA }\n\nvar ErrA = newErr()\n\nfunc newErr() error { return nil }\n",
		},
		{
			name: "several variables of one line stand once", before: "var A, B = two()\n\nfunc two() (int, int) { return 1, 2 }", after: "func two() (int, int) { return 1, 2 }",
			vanished: []string{"A", "B"}, used: "A B", want: "var A, B = two()\n",
		},
		{
			name: "an alias", before: "type A = B\n\ntype B struct{}", vanished: []string{"A", "B"}, used: "A", want: "type A = B\n\ntype B struct{}\n",
		},
		{
			name: "generics and their methods", before: "type Page[T any] struct{ Items []T }\n\nfunc (p *Page[T]) Len() int { return len(p.Items) }\n\ntype Pair[K comparable, V any] struct {\n\tK K\n\tV V\n}\n\nfunc (p Pair[K, V]) Key() K { return p.K }\n\ntype Posts Page[Post]\n\ntype Post int",
			vanished: []string{"Page", "Pair", "Post", "Posts"}, used: "Posts Pair",
			want: "type Page[T any] struct{ Items []T }\n\nfunc (p *Page[T]) Len() int { return len(p.Items) }\n\ntype Pair[K comparable, V any] struct {\n\tK K\n\tV V\n}\n\nfunc (p Pair[K, V]) Key() K { return p.K }\n\ntype Post int\n\ntype Posts Page[Post]\n",
		},
		{
			name:     "imports, by the names that they had",
			before:   "import (\n\t\"net/http\"\n\t\"time\"\n\n\topenapi_types \"github.com/oapi-codegen/runtime/types\"\n\t\"github.com/redis/go-redis/v9\"\n)\n\ntype A struct {\n\tID openapi_types.UUID\n\tAt time.Time\n}\n\nfunc (A) Visit(w http.ResponseWriter) {}",
			vanished: []string{"A"}, used: "A",
			want: "import (\n\t\"net/http\"\n\t\"time\"\n\n\topenapi_types \"github.com/oapi-codegen/runtime/types\"\n)\n\ntype A struct {\n\tID openapi_types.UUID\n\tAt time.Time\n}\n\nfunc (A) Visit(w http.ResponseWriter) {}\n",
		},
		{
			name: "an import of another version", before: "import \"github.com/redis/go-redis/v9\"\n\ntype A struct{ C redis.Cmd }", vanished: []string{"A"}, used: "A",
			want: "import (\n\t\"github.com/redis/go-redis/v9\"\n)\n\ntype A struct{ C redis.Cmd }\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			before, after := source(test.before), source(test.after)
			if diff := cmp.Diff(test.vanished, Vanished(before, after)); diff != "" {
				t.Errorf("vanished (-want +got):\n%s", diff)
			}
			got, err := File(before, after, strings.Fields(test.used))
			if err != nil {
				t.Fatal(err)
			}
			want := ""
			if test.want != "" {
				want = intro + test.want
			}
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Errorf("file (-want +got):\n%s", diff)
			}
		})
	}
}

func source(text string) map[string][]byte {
	return map[string][]byte{"api/types.gen.go": []byte("package api\n\n" + text + "\n")}
}
