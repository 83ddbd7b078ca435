package model

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func describeKey(k Key) string {
	param, field, shape := "-", "-", ""
	if k.Param != nil {
		param = k.Param.Name
	}
	if k.Field != nil {
		field = k.Field.Name
	}
	if k.Origin == Made {
		shape = fmt.Sprintf(" %s#%d", k.Prefix, k.Length)
	}
	return fmt.Sprintf("%s is %s (%s), %s%s", param, field, k.Type.Expr(), k.Origin, shape)
}

func TestKeys(t *testing.T) {
	for name, test := range map[string]struct{ sketch, want string }{
		"the same name": {`
			POST /posts {title} -> 201 Post
			GET /posts/{code} -> 200 Post
			Post = {id, code, title}`, "code is code (string), made by the server #20"},
		"the same name, spelled otherwise": {`
			POST /posts {title} -> 201 Post
			GET /posts/{post_ref} -> 200 Post
			Post = {id, postRef, title}`, "post_ref is postRef (string), made by the server #20"},
		"the noun and id": {`
			POST /posts {title} -> 201 Post
			GET /posts/{postId:int} -> 200 Post
			Post = {id:int, title}`, "postId is id (int), numbered by the database"},
		"a part of the noun and id": {`
			POST /special-events {title} -> 201 Event
			GET /special-events/{eventId:uuid} -> 200 Event
			Event = {id:uuid, title}`, "eventId is id (openapi_types.UUID), a random UUID"},
		"another noun and id is not it": {`
			POST /posts {title} -> 201 Post
			GET /posts/{authorId:int} -> 200 Post
			Post = {name, title}`, "authorId is - (int), numbered by the database"},
		"a slug": {`
			POST /articles {title} -> 201 Article
			GET /articles/{articleSlug} -> 200 Article
			Article = {slug!, title}`, "articleSlug is slug (string), made by the server #20"},
		"a name": {`
			POST /queues {name} -> 201 Queue
			GET /queues/{queueName} -> 200 Queue
			Queue = {name, size?:int}`, "queueName is name (string), the client's own"},
		"a number": {`
			POST /invoices {total:number} -> 201 Invoice
			GET /invoices/{invoice_number} -> 200 Invoice
			Invoice = {number, total:number}`, "invoice_number is number (string), made by the server #20"},
		"a sid": {`
			POST /calls {to} -> 201 Call
			GET /calls/{Sid} -> 200 Call
			Call = {sid, to}`, "Sid is sid (string), made by the server #20"},
		"the property has the noun": {`
			POST /posts {title} -> 201 Post
			GET /posts/{id:int} -> 200 Post
			Post = {post_id:int, title}`, "id is post_id (int), numbered by the database"},
		"the only property like a key": {`
			POST /people {name} -> 201 Person
			GET /people/{who} -> 200 Person
			Person = {uuid:uuid, name}`, "who is uuid (string), a random UUID"},
		"a column of its own": {`
			POST /people {name} -> 201 Person
			GET /people/{personId} -> 200 Person
			Person = {name}`, "personId is - (string), made by the server #20"},
		"a column of its own, numbered": {`
			POST /people {age:int} -> 201 Person
			GET /people/{personId:int64} -> 200 Person
			Person = {age:int}`, "personId is - (int64), numbered by the database"},
		"the path says string, the property integer": {`
			POST /posts {title} -> 201 Post
			GET /posts/{id} -> 200 Post
			Post = {id:int64, title}`, "id is id (int64), numbered by the database"},
		"32 bits": {`
			POST /posts {title} -> 201 Post
			GET /posts/{id:int32} -> 200 Post
			Post = {id:int32, title}`, "id is id (int32), numbered by the database"},
		"a string of format uuid that Go has no type for": {`
			POST /posts {title} -> 201 Post
			GET /posts/{id} -> 200 Post
			Post = {id:uuid, title}`, "id is id (string), a random UUID"},
		"the create body must carry it": {`
			POST /posts {id,title} -> 201 Post
			GET /posts/{id} -> 200 Post
			Post = {id, title}`, "id is id (string), the client's own"},
		"the create body may carry it": {`
			POST /posts {id?:string,title} -> 201 Post
			GET /posts/{id} -> 200 Post
			Post = {id, title}`, "id is id (string), the client's own"},
		"the create body may carry a slug": {`
			POST /posts {slug?:string,title} -> 201 Post
			GET /posts/{slug} -> 200 Post
			Post = {slug, title}`, "slug is slug (string), the client's own"},
		"a readOnly one is the server's": {`
			POST /posts Post -> 201 Post
			GET /posts/{slug} -> 200 Post
			Post = {slug!, title}`, "slug is slug (string), made by the server #20"},
		"a pattern": {`
			POST /customers {name} -> 201 Customer
			GET /customers/{id} -> 200 Customer
			Customer = {id:<{"type":"string","pattern":"^cus_[a-z0-9]{14}$"}>, name}`, "id is id (string), made by the server cus_#14"},
		"a prefix and a limit": {`
			POST /customers {name} -> 201 Customer
			GET /customers/{id} -> 200 Customer
			Customer = {id:<{"type":"string","pattern":"^cus_","maxLength":12}>, name}`, "id is id (string), made by the server cus_#8"},
		"a limit": {`
			POST /customers {name} -> 201 Customer
			GET /customers/{id} -> 200 Customer
			Customer = {id:<{"type":"string","maxLength":8}>, name}`, "id is id (string), made by the server #8"},
		"a least length": {`
			POST /customers {name} -> 201 Customer
			GET /customers/{id} -> 200 Customer
			Customer = {id:<{"type":"string","minLength":32}>, name}`, "id is id (string), made by the server #32"},
		"nobody creates": {`
			GET /posts/{id} -> 200 Post
			PUT /posts/{id} Post -> 200 Post
			Post = {id, title}`, "id is id (string), the client's own"},
		"a number, which nobody counts with": {`
			POST /posts {title} -> 201 Post
			GET /posts/{id} -> 200 Post
			Post = {id:number, title}`, "id is id (float64), numbered by the database"},
		"no item path": {`
			GET /posts -> 200 [Post]
			POST /posts {title} -> 201 Post
			Post = {id:int64, title}`, "- is id (int64), numbered by the database"},
	} {
		t.Run(name, func(t *testing.T) {
			r := understood(t, test.sketch).Resources[0]
			if got := describeKey(r.Key); got != test.want {
				t.Errorf("%s; want %s; because %s", got, test.want, r.Key.Why)
			}
			if r.Key.Why == "" {
				t.Error("no reason is given")
			}
		})
	}
}

// TestMadeKeysFitTheirPattern holds the keys that the server makes against the expressions that they
// were read from.
func TestMadeKeysFitTheirPattern(t *testing.T) {
	for pattern, alphabet := range map[string]string{
		`^cus_[a-z0-9]{14}$`:   "",
		`^[a-z0-9]{6,8}$`:      "",
		`^tok-[a-zA-Z0-9]+$`:   "",
		`cus_\w{10}`:           "",
		`^[0-9a-zA-Z_-]{1,64}`: "",
		`^(AC|ac)[a-z0-9]{8}$`: "",
		`^custom:[a-z0-9_-]+$`: "",
		`^AC[0-9a-fA-F]{32}$`:  "0123456789abcdef",
		`^[0-9]{6}$`:           "0123456789",
		`^[A-Z]{3}-[A-Z]{9}$`:  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	} {
		text := fmt.Sprintf(`
			POST /things {title} -> 201 Thing
			GET /things/{id} -> 200 Thing
			Thing = {id:<{"type":"string","pattern":%q}>, title}`, pattern)
		k := understood(t, text).Resources[0].Key
		if k.Alphabet != alphabet {
			t.Errorf("%s: the alphabet is %q", pattern, k.Alphabet)
		}
		key := k.Prefix + strings.Repeat(cmp.Or(k.Alphabet, "abcdefghijklmnopqrstuvwxyz234567"), 2)[:k.Length]
		if !regexp.MustCompile(pattern).MatchString(key) {
			t.Errorf("%s: %s does not match", pattern, key)
		}
	}
}
