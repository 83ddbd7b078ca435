package depot

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"gen/e2e/bench/plain"
	"gen/e2e/bench/shelf"
)

type shipment struct {
	ID        uuid.UUID         `json:"id"`
	State     string            `json:"state"`
	From      place             `json:"from"`
	To        place             `json:"to"`
	Parcels   []parcelBody      `json:"parcels"`
	Payment   payment           `json:"payment"`
	CollectOn *date             `json:"collectOn,omitempty"`
	Labels    map[string]string `json:"labels,omitempty"`
	BookedAt  time.Time         `json:"bookedAt"`
	Price     float64           `json:"price"`
}

type accountBody struct {
	Name   string           `json:"name"`
	Credit float64          `json:"credit"`
	Active bool             `json:"active"`
	Limits map[string]int32 `json:"limits"`
}

// hand is the server that one writes who knows net/http and the document.
type hand struct {
	shipments *shelf.Shelf[shipment]
	now       func() time.Time
}

func newHand(now func() time.Time) http.Handler {
	h := &hand{shipments: shelf.New(shipments, seedHand), now: now}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/shipments", h.findShipments)
	mux.HandleFunc("POST /api/shipments", h.bookShipment)
	mux.HandleFunc("GET /api/shipments/{id}", h.readShipment)
	mux.HandleFunc("GET /api/account", h.readAccount)
	return onlyKeyed(mux)
}

// onlyKeyed passes requests with the key of an account.
func onlyKeyed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := caller(r); !ok {
			plain.Refuse(w, http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func seedHand(n int64) shipment {
	voucher, grams, lighter, glasses, book, yes, no := "V-2026-000117", int32(1250), int32(800), "glasses", "a \"book\" & more", true, false
	return shipment{
		ID:    identifier(n),
		State: states[n%4],
		From:  newPlace("Hauptstraße 12", "Köln", "50667", "DE"),
		To:    newPlace("Quai 3", "Rotterdam", "3011 AA", "NL"),
		Parcels: []parcelBody{
			{Grams: &grams, Size: []float64{30, 20.5, 12.25}, Fragile: &yes, Content: &glasses},
			{Grams: &lighter, Size: []float64{20, 20, 8}, Fragile: &no, Content: &book},
		},
		Payment:   payment{Kind: "prepaid", Voucher: &voucher},
		CollectOn: &date{seedDay},
		Labels:    map[string]string{"team": "blue", "order": "A-17"},
		BookedAt:  seedBooked(n),
		Price:     price(2050),
	}
}

func newPlace(street, city, postcode, country string) place {
	return place{&street, &city, &postcode, &country}
}

func (h *hand) findShipments(w http.ResponseWriter, r *http.Request) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		plain.Refuse(w, http.StatusUnprocessableEntity)
		return
	}
	var faults []plain.Fault
	page := numberIn(query, "page", 1, 10000, 1, &faults)
	perPage := numberIn(query, "perPage", 1, 50, 20, &faults)
	var want func(*shipment) bool
	if query.Has("state") {
		asked := strings.Split(query.Get("state"), ",")
		if len(asked) > 4 || slices.ContainsFunc(asked, func(state string) bool { return !slices.Contains(states, state) }) {
			faults = append(faults, plain.Fault{Parameter: "state", Detail: "must be at most four states"})
		}
		want = func(s *shipment) bool { return slices.Contains(asked, s.State) }
	}
	if len([]rune(r.Header.Get("X-Trace"))) > 64 {
		faults = append(faults, plain.Fault{Parameter: "X-Trace", Detail: "must have at most 64 characters"})
	}
	if len(faults) > 0 {
		plain.Refuse(w, http.StatusUnprocessableEntity, faults...)
		return
	}
	items, _ := h.shipments.Page(int64((page-1)*perPage), perPage, want)
	plain.Write(w, http.StatusOK, items)
}

// numberIn reads a query parameter that is an integer between two bounds.
func numberIn(query url.Values, name string, least, most, usual int, faults *[]plain.Fault) int {
	if !query.Has(name) {
		return usual
	}
	n, err := strconv.Atoi(query.Get(name))
	if err != nil || n < least || n > most {
		*faults = append(*faults, plain.Fault{Parameter: name, Detail: "is not an integer in range"})
	}
	return n
}

func (h *hand) bookShipment(w http.ResponseWriter, r *http.Request) {
	in := newBookingBody()
	if err := plain.Read(r, &in); err != nil {
		plain.RefuseBody(w, http.StatusUnprocessableEntity, err)
		return
	}
	if faults := in.check(); len(faults) > 0 {
		plain.Refuse(w, http.StatusUnprocessableEntity, faults...)
		return
	}
	grams := 0
	for _, p := range in.Parcels {
		grams += int(*p.Grams)
	}
	made := h.shipments.Add(func(n int64) shipment {
		return shipment{
			ID:        identifier(n),
			State:     "booked",
			From:      *in.From,
			To:        *in.To,
			Parcels:   in.Parcels,
			Payment:   *in.Payment,
			CollectOn: in.collectOn(),
			Labels:    in.Labels,
			BookedAt:  h.now(),
			Price:     price(grams),
		}
	})
	w.Header().Set("Location", "/api/shipments/"+made.ID.String())
	plain.Write(w, http.StatusCreated, made)
}

func (h *hand) readShipment(w http.ResponseWriter, r *http.Request) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil || len(r.PathValue("id")) != 36 {
		plain.Refuse(w, http.StatusBadRequest, plain.Fault{Parameter: "id", Detail: "must be a UUID"})
		return
	}
	found, ok := h.shipments.Get(number(id))
	if !ok {
		plain.Refuse(w, http.StatusNotFound)
		return
	}
	plain.Write(w, http.StatusOK, found)
}

func (h *hand) readAccount(w http.ResponseWriter, r *http.Request) {
	name, _ := caller(r)
	plain.Write(w, http.StatusOK, accountBody{Name: name, Credit: 1250.75, Active: true, Limits: limits})
}
