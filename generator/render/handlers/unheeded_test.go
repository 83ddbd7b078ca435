package handlers

import (
	"strings"
	"testing"

	"gen/generator/model"
)

// TestUnheeded holds which header parameters nothing is done with.
func TestUnheeded(t *testing.T) {
	key := model.Requirement{{Scheme: &model.Scheme{Type: "apiKey", In: "header", Key: "X-Key"}}, {Scheme: &model.Scheme{Type: "apiKey", In: "query", Key: "X-Asked"}}}
	for _, tt := range []struct{ in, names, want string }{
		{"header", "Idempotency-Key X-Channel", "Idempotency-Key X-Channel"},
		{"header", "If-Match if-none-match X-Request-ID traceparent x-key", ""},
		{"header", "X-Asked", "X-Asked"},
		{"query", "Idempotency-Key", ""},
	} {
		for _, op := range resources(t, `
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			POST /posts/{id:int}/publish -> 204
			Post = {id!:int, title}`)[0].Operations {
			op.Security = []model.Requirement{key}
			for name := range strings.FieldsSeq(tt.names) {
				op.Params = append(op.Params, &model.Param{In: tt.in, Name: name})
			}
			want := tt.want
			if op.Kind == model.Action {
				want = ""
			}
			if got := strings.Join(Unheeded(op), " "); got != want {
				t.Errorf("%s %s %s: %q, want %q", op.ID, tt.in, tt.names, got, want)
			}
		}
	}
}
