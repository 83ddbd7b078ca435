package depot

import (
	"net/http"
	"strings"

	"gen/e2e/bench/suite"
)

const (
	from    = `{"street": "Hauptstraße 12", "city": "Köln", "postcode": "50667", "country": "DE"}`
	to      = `{"street": "1 Rue de l'Église", "city": "Lyon", "postcode": "69001", "country": "FR"}`
	parcel  = `{"grams": 1250, "size": [30, 20.5, 12.25], "fragile": true, "content": "two \"port\" glasses"}`
	parcel2 = `{"grams": 18000, "size": [60, 40, 40], "fragile": false, "content": ""}`
	prepaid = `{"kind": "prepaid", "voucher": "V-2026-000117"}`
	account = `{"kind": "onAccount", "costCentre": 4711}`
)

// booking is a body; rest is what comes behind the fields that must be there.
func booking(from, parcels, payment, rest string) string {
	return `{"from": ` + from + `, "to": ` + to + `, "parcels": [` + parcels + `], "payment": ` + payment + rest + `}`
}

func keyed() http.Header { return suite.JSON("X-Api-Key", apiKey) }

func measured() []suite.Request {
	body := booking(from, parcel+", "+parcel2, account, `, "collectOn": "2026-03-09", "labels": {"team": "blue", "order": "A-17"}`)
	return []suite.Request{
		{Name: "create", Method: "POST", Path: "/api/shipments", Header: keyed(), Body: body, Status: 201},
		{Name: "list", Method: "GET", Path: "/api/shipments?perPage=20&page=2", Header: keyed(), Status: 200},
		{Name: "get", Method: "GET", Path: "/api/shipments/" + identifier(42).String(), Header: keyed(), Status: 200},
		{Name: "who am I", Method: "GET", Path: "/api/account", Header: keyed(), Status: 200},
	}
}

// others are what a careful server must not get wrong.
func others() []suite.Request {
	requests := []suite.Request{
		{Name: "nobody", Method: "GET", Path: "/api/account", Status: 401},
		{Name: "absent", Method: "GET", Path: "/api/shipments/" + identifier(4711).String(), Header: keyed(), Status: 404},
		{Name: "no UUID", Method: "GET", Path: "/api/shipments/42", Header: keyed(), Status: 400},
		{Name: "by states", Method: "GET", Path: "/api/shipments?state=moving,delivered&perPage=3", Header: keyed(), Status: 200},
		{Name: "no such state", Method: "GET", Path: "/api/shipments?state=moving,lost", Header: keyed(), Status: 422},
		{Name: "page 0", Method: "GET", Path: "/api/shipments?page=0", Header: keyed(), Status: 422},
		{Name: "page too large", Method: "GET", Path: "/api/shipments?perPage=51", Header: keyed(), Status: 422},
	}
	post := func(name string, status int, body string) {
		requests = append(requests, suite.Request{Name: name, Method: "POST", Path: "/api/shipments", Header: keyed(), Body: body, Status: status})
	}
	post("prepaid", 201, booking(from, parcel, prepaid, ""))
	post("many parcels", 201, booking(from, strings.Repeat(parcel+",", 49)+parcel, prepaid, ""))
	post("no JSON", 400, `{"from": `)
	post("nothing", 422, `{}`)
	post("a place without a street", 422, booking(`{"city": "Köln", "postcode": "50667", "country": "DE"}`, parcel, prepaid, ""))
	post("an unknown part of a place", 422, booking(`{"street": "s", "city": "Köln", "postcode": "50667", "country": "DE", "floor": 3}`, parcel, prepaid, ""))
	post("no postcode", 422, booking(`{"street": "s", "city": "Köln", "postcode": "?", "country": "DE"}`, parcel, prepaid, ""))
	post("no country", 422, booking(`{"street": "s", "city": "Köln", "postcode": "50667", "country": "de"}`, parcel, prepaid, ""))
	post("no parcels", 422, booking(from, "", prepaid, ""))
	post("too many parcels", 422, booking(from, strings.Repeat(parcel+",", 50)+parcel, prepaid, ""))
	post("too heavy", 422, booking(from, strings.Replace(parcel, "1250", "70001", 1), prepaid, ""))
	post("part of a gram", 422, booking(from, strings.Replace(parcel, "1250", "1.5", 1), prepaid, ""))
	post("flat", 422, booking(from, strings.Replace(parcel, "20.5", "0", 1), prepaid, ""))
	post("two dimensions", 422, booking(from, strings.Replace(parcel, "20.5, ", "", 1), prepaid, ""))
	post("null content", 422, booking(from, strings.Replace(parcel, `"two \"port\" glasses"`, "null", 1), prepaid, ""))
	post("no such payment", 422, booking(from, parcel, `{"kind": "cash"}`, ""))
	post("no kind of payment", 422, booking(from, parcel, `{"voucher": "V-2026-000117"}`, ""))
	post("both payments", 422, booking(from, parcel, `{"kind": "prepaid", "voucher": "V-2026-000117", "costCentre": 1}`, ""))
	post("short voucher", 422, booking(from, parcel, `{"kind": "prepaid", "voucher": "V"}`, ""))
	post("no date", 422, booking(from, parcel, prepaid, `, "collectOn": "2026-02-30"`))
	post("null date", 422, booking(from, parcel, prepaid, `, "collectOn": null`))
	post("long label", 422, booking(from, parcel, prepaid, `, "labels": {"a": "`+strings.Repeat("l", 41)+`"}`))
	post("null labels", 422, booking(from, parcel, prepaid, `, "labels": null`))
	return requests
}
