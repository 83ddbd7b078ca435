package model

import (
	"fmt"
	"strings"
	"testing"

	"gen/generator/spec/spectest"
)

// TestUnionsAsResources holds what of a resource that is a union gen writes, and why it leaves the rest.
func TestUnionsAsResources(t *testing.T) {
	const pet = `
		Cat = {id!:int, kind, lives:int, seen!?:time}
		Dog = {id!:int, kind, barks:bool}
		Pet = <{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind","mapping":{"cat":"#/components/schemas/Cat","dog":"#/components/schemas/Dog"}}}>`
	for name, sketch := range map[string]string{
		"one of the whole": `
			GET /pets -> 200 {items:[Pet]}                ; list
			POST /pets Pet -> 201 Pet                     ; create
			GET /pets/{id:int} -> 200 Pet                 ; read
			PUT /pets/{id:int} Cat -> 200 Pet             ; replace
			PATCH /pets/{id:int} {kind?} -> 200 Pet       ; action no rule says which alternative of Pet its body is
			DELETE /pets/{id:int} -> 204                  ; delete` + pet,
		"a plain list, and parts": `
			GET /pets -> 200 [Pet]                        ; list
			POST /pets Dog -> 201 Dog                     ; create
			GET /pets/{id:int} -> 200 Pet                 ; read
			PUT /pets/{id:int} Pet -> 200 Cat             ; action its answer is not made of what each alternative of Pet has
			DELETE /pets/{id:int} -> 200 {kind}           ; delete` + pet,
		"a part that all have": `
			POST /pets Pet -> 201 Pet                     ; create
			GET /pets/{id:int} -> 200 Pet                 ; read
			PATCH /pets/{id:int} {note?} -> 200 Pet       ; update
			Cat = {id!:int, lives:int, note?}
			Dog = {id!:int, barks:bool, note?}
			Pet = oneOf(Cat,Dog)`,
		"a list of lines": `
			GET /pets -> 200 [{id:int}]                   ; list
			POST /pets Pet -> 201 Pet                     ; create
			GET /pets/{id:int} -> 200 Pet                 ; read` + pet,
		"a list of what only one has": `
			GET /pets -> 200 [{id:int,lives:int}]         ; action its items are not made of what each alternative of Pet has
			POST /pets Pet -> 201 Pet                     ; create
			GET /pets/{id:int} -> 200 Pet                 ; read` + pet,
		"a union of others": `
			GET /cats -> 200 [Pet]                        ; list
			POST /cats Cat -> 201 Cat                     ; create
			GET /cats/{id:int} -> 200 Cat                 ; read
			GET /fish -> 200 [Pet]                        ; action its items are not made of what each alternative of Fish has
			POST /fish Fish -> 201 Fish                   ; create
			GET /fish/{id:int} -> 200 Fish                ; read
			Fish = {id!:int, fins:int}` + pet,
		"sent otherwise": `
			POST /pets New -> 201 Pet                     ; create
			GET /pets/{id:int} -> 200 Pet                 ; read
			PUT /pets/{id:int} More -> 200 Pet            ; action no rule says which alternative of Pet its body is
			NewCat = {kind, lives:int}
			NewDog = {kind, barks:bool}
			New = <{"oneOf":[{"$ref":"#/components/schemas/NewCat"},{"$ref":"#/components/schemas/NewDog"}],"discriminator":{"propertyName":"kind","mapping":{"cat":"#/components/schemas/NewCat","dog":"#/components/schemas/NewDog"}}}>
			BigDog = {kind, barks:bool, size:int}
			More = <{"oneOf":[{"$ref":"#/components/schemas/NewCat"},{"$ref":"#/components/schemas/BigDog"}],"discriminator":{"propertyName":"kind","mapping":{"cat":"#/components/schemas/NewCat","dog":"#/components/schemas/BigDog"}}}>` + pet,
		"the server's in one only": `
			POST /passes Pass -> 201 Pass                 ; action not all alternatives of Pass have the same serial, which the server sets
			GET /passes/{id:int} -> 200 Pass              ; read
			Day = {id!:int, serial!, days:int}
			Hour = {id!:int, hours:int}
			Pass = oneOf(Day,Hour)`,
		"the client's in one only": `
			POST /passes Pass -> 201 Pass                 ; action alternatives of Pass differ on whether serial is readOnly
			GET /passes/{id:int} -> 200 Pass              ; read
			Day = {id!:int, serial!, days:int}
			Hour = {id!:int, serial, hours:int}
			Pass = oneOf(Day,Hour)`,
		"a secret in one only": `
			POST /passes Pass -> 201 Pass                 ; action alternatives of Pass differ on whether pin is writeOnly
			GET /passes/{id:int} -> 200 Pass              ; read
			Day = {id!:int, pin~, days:int}
			Hour = {id!:int, pin, hours:int}
			Pass = oneOf(Day,Hour)`,
		"made with properties beside them": `
			GET /passes/{id} -> 200 Pass                  ; read
			PUT /passes/{id} Pass -> 200 Pass / 201 Pass  ; action it creates an alternative of Pass, which has properties beside them
			Day = {id, days:int}
			Hour = {id, hours:int}
			Pass = <{"type":"object","properties":{"note":{"type":"string"}},"oneOf":[{"$ref":"#/components/schemas/Day"},{"$ref":"#/components/schemas/Hour"}]}>`,
		"nothing that is right for both": `
			POST /passes Pass -> 201 Pass                 ; action no code is right for all alternatives of Pass, and the server sets it
			GET /passes/{id:int} -> 200 Pass              ; read
			Day = {id!:int, code!:<{"type":"string","pattern":"^d+$"}>, days:int}
			Hour = {id!:int, code!:<{"type":"string","pattern":"^h+$"}>, hours:int}
			Pass = oneOf(Day,Hour)`,
	} {
		t.Run(name, func(t *testing.T) {
			api := understood(t, sketch)
			for _, note := range spectest.Notes(t, sketch) {
				op := api.operation(t, note.Method, note.Path)
				got := string(op.Kind)
				if strings.Contains(note.Text, " ") {
					got += " " + op.Why
				}
				if got != note.Text {
					t.Errorf("%s %s is %s, want %s", op.Method, op.Path, got, note.Text)
				}
			}
		})
	}
}

func TestMembersOfAUnion(t *testing.T) {
	api := understood(t, `
		POST /pets Pet -> 201 Pet
		GET /pets/{id:int} -> 200 Pet
		Cat = {id!:int, kind:enum(cat), name?, lives:int, size:int}
		Dog = {id:int, kind:enum(dog), name, size}
		Fish = {id!:int, kind:enum(fish), name, size:int}
		Land = oneOf(Cat,Dog)
		Pet = oneOf(Land,Fish)`)
	op := api.operation(t, "POST", "/pets")
	var got []string
	for _, f := range op.Resource.Type.Members() {
		name := f.Name
		if f.ReadOnly {
			name += " readOnly"
		}
		if f.Required {
			name += " required"
		}
		got = append(got, name)
	}
	if want := "id readOnly required, kind required, name required"; strings.Join(got, ", ") != want {
		t.Errorf("%s; want %s", strings.Join(got, ", "), want)
	}
	if key := op.Resource.Key; key.Field == nil || key.Field.Name != "id" || key.Origin != Numbered {
		t.Errorf("the key is %+v", key)
	}
}

// TestCommon holds what a member is that alternatives have in different ways.
func TestCommon(t *testing.T) {
	for _, test := range []struct{ cat, dog, want string }{
		{"a", "a", "required"},
		{"a", "a?", "required optional"},
		{"a?", "a", "required optional"},
		{"a?", "a?", "optional"},
		{"a?", "a!?", "optional readOnly"},
		{"a?", "a~?", "optional writeOnly"},
		{"a?:string|null", "a?:string|null", "nullable"},
		{"a?:string|null", "a?:string", "optional"},
		{`a:string="x"`, `a:string="x"`, "required default"},
		{`a:string="x"`, `a:string="y"`, "required"},
		{`a:string="x"`, "a", "required"},
		{"a:enum(x)", "a:enum(y)", "required"},
		{"a:int", "a", ""},
	} {
		api := understood(t, `
			POST /pets Pet -> 201 Pet
			GET /pets/{id:int} -> 200 Pet
			Cat = {id!:int, `+test.cat+`}
			Dog = {id!:int, `+test.dog+`}
			Pet = oneOf(Cat,Dog)`)
		var got []string
		if f := api.operation(t, "POST", "/pets").Resource.Type.Member("a"); f != nil {
			for _, is := range []struct {
				so   bool
				name string
			}{
				{f.Required, "required"}, {f.Optional, "optional"}, {f.ReadOnly, "readOnly"}, {f.WriteOnly, "writeOnly"},
				{f.Nullable, "nullable"}, {f.HasDefault, "default"},
			} {
				if is.so {
					got = append(got, is.name)
				}
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s and %s: %v, want %s", test.cat, test.dog, got, test.want)
		}
	}
}

// TestUnionsBesideFields: of a union within another that has properties of its own, nothing is known for all.
func TestUnionsBesideFields(t *testing.T) {
	api := understood(t, `
		POST /pets Pet -> 201 Pet
		GET /pets/{id:int} -> 200 Pet
		Cat = {kind, lives:int}
		Dog = {kind, barks:bool}
		Fish = {kind, fins:int}
		Land = <{"type":"object","properties":{"legs":{"type":"integer"}},"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]}>
		Pet = oneOf(Land,Fish)`)
	if members := api.operation(t, "POST", "/pets").Input.Type.Members(); len(members) > 0 {
		t.Errorf("%s is said to be in all", members[0].Name)
	}
}

// TestKeeps holds which bodies can be stored as a union that they are no part of.
func TestKeeps(t *testing.T) {
	for _, test := range []struct {
		dog, discriminator, value string
		want                      OpKind
	}{
		{"{kind, barks:bool}", "kind", "dog", Replace},
		{"{kind, barks:bool, note?}", "kind", "dog", Replace},
		{"{kind, barks:bool, pin~?}", "kind", "dog", Replace},
		{"{kind, barks:bool, size:int}", "kind", "dog", Action},
		{"{kind, barks:string}", "kind", "dog", Action},
		{"{kind, barks?:bool}", "kind", "dog", Action},
		{"{kind, barks!:bool}", "kind", "dog", Action},
		{"{kind}", "kind", "dog", Action},
		{"{kind, barks:bool, note?:string|null}", "kind", "dog", Action},
		{`<{"type":"object","required":["kind","barks"],"properties":{"kind":{"type":"string"},"barks":{"type":"boolean"}},"additionalProperties":{"type":"string"}}>`, "kind", "dog", Action},
		{"{kind, barks:bool}", "kind", "hound", Action},
		{"{kind, sort, barks:bool}", "sort", "dog", Action},
	} {
		const union = `<{"oneOf":[{"$ref":"#/components/schemas/%[1]sCat"},{"$ref":"#/components/schemas/%[1]sDog"}],"discriminator":{"propertyName":"%[2]s","mapping":{"cat":"#/components/schemas/%[1]sCat","%[3]s":"#/components/schemas/%[1]sDog"}}}>`
		api := understood(t, `
			PUT /pets/{id:int} New -> 200 Pet
			GET /pets/{id:int} -> 200 Pet
			Cat = {id!:int, kind, sort?, lives:int}
			Dog = {id!:int, kind, sort?, barks:bool, note?}
			Pet = `+fmt.Sprintf(union, "", "kind", "dog")+`
			NewCat = {kind, sort?, lives:int}
			NewDog = `+test.dog+`
			New = `+fmt.Sprintf(union, "New", test.discriminator, test.value))
		if got := api.operation(t, "PUT", "/pets/{id}").Kind; got != test.want {
			t.Errorf("%s by %s %s is for %s, want %s", test.dog, test.discriminator, test.value, got, test.want)
		}
	}
}

// TestPatches holds which parts change any alternative of a union.
func TestPatches(t *testing.T) {
	for body, want := range map[string]bool{
		"{note?}":             true,
		"{note?, id!:int}":    true,
		"{note?:int}":         false,
		"{note?:string|null}": false,
		"{note?, kind?}":      false,
		"{note?, lives?:int}": false,
		"{note?, pin?}":       false,
		`<{"type":"object","properties":{"note":{"type":"string"}},"additionalProperties":{"type":"string"}}>`: false,
	} {
		api := understood(t, `
			GET /pets/{id:int} -> 200 Pet
			POST /pets Body -> 200 Pet
			Body = `+body+`
			Cat = {id!:int, kind, note?, pin~?, lives:int}
			Dog = {id!:int, kind, note?, pin~?, barks:bool}
			Pet = <{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind","mapping":{"cat":"#/components/schemas/Cat","dog":"#/components/schemas/Dog"}}}>`)
		op := api.operation(t, "POST", "/pets")
		if got := op.Resource.Type.Patches(op.Bodies[0].Type); got != want {
			t.Errorf("%s patches: %t, want %t", body, got, want)
		}
	}
}

// TestDroppedWithin: what is lost within a property is said as what is lost beside it.
func TestDroppedWithin(t *testing.T) {
	api := understood(t, `
		POST /posts {title, size:{unit,extra?,made!?}, parts?:[{a,b?:{c,d}}], open?:{x}, more?:{x}} -> 201 Post
		GET /posts/{id:int} -> 200 Post
		Post = {id!:int, title, size:{unit}, parts?:[{a,b?:{c}}], open?:map(string), more?:<{"type":"object","properties":{"y":{"type":"string"}},"additionalProperties":{"type":"string"}}>}`)
	var got []string
	for _, f := range api.operation(t, "POST", "/posts").Dropped {
		got = append(got, f.Name)
	}
	if want := "size.extra parts.b.d"; strings.Join(got, " ") != want {
		t.Errorf("%v is lost; want %s", got, want)
	}
}
