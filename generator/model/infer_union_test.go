package model

import (
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

// TestDroppedWithin: what is lost within a property is said as what is lost beside it.
func TestDroppedWithin(t *testing.T) {
	api := understood(t, `
		POST /posts {title, size:{unit,extra?}, parts?:[{a,b?:{c,d}}], open?:{x}} -> 201 Post
		GET /posts/{id:int} -> 200 Post
		Post = {id!:int, title, size:{unit}, parts?:[{a,b?:{c}}], open?:map(string)}`)
	var got []string
	for _, f := range api.operation(t, "POST", "/posts").Dropped {
		got = append(got, f.Name)
	}
	if want := "size.extra parts.b.d"; strings.Join(got, " ") != want {
		t.Errorf("%v is lost; want %s", got, want)
	}
}
