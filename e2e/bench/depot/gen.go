package depot

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"gen/e2e/bench/depot/api"
	"gen/e2e/bench/echoed"
	"gen/e2e/bench/shelf"
)

// handlers implement what gen made of the document.
type handlers struct {
	api.UnimplementedAccount
	api.UnimplementedShipments

	shipments *shelf.Shelf[api.Shipment]
	now       func() time.Time
}

// newGen is the api package on Echo.
func newGen(now func() time.Time) (http.Handler, error) {
	contract, err := api.New(&handlers{shipments: shelf.New(shipments, seedGen), now: now})
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		answer := echoed.Fault{Status: http.StatusInternalServerError}
		if known, ok := err.(*api.Error); ok { //nolint:errorlint // nothing wraps it here
			answer = echoed.Fault{Status: known.Status, Detail: known.Detail}
			for _, invalid := range known.Invalid {
				answer.Errors = append(answer.Errors, echoed.Part(invalid))
			}
		}
		echoed.Answer(c, answer)
	}
	for _, route := range contract.Routes {
		e.Add(route.Operation.Method, echoed.Path(contract.BasePath+route.Operation.Path), needKey(route.Handle))
	}
	return e, nil
}

type accountKey struct{}

// needKey passes requests with the key of an account.
func needKey(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		account, ok := caller(c.Request())
		if !ok {
			return &api.Error{Status: http.StatusUnauthorized}
		}
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), accountKey{}, account)))
		return next(c)
	}
}

func seedGen(n int64) api.Shipment {
	shipment := api.Shipment{
		ID:    identifier(n),
		State: api.State(states[n%4]),
		From:  api.Place{Street: "Hauptstraße 12", City: "Köln", Postcode: "50667", Country: "DE"},
		To:    api.Place{Street: "Quai 3", City: "Rotterdam", Postcode: "3011 AA", Country: "NL"},
		Parcels: []api.Parcel{
			{Grams: 1250, Size: []float64{30, 20.5, 12.25}, Fragile: true, Content: "glasses"},
			{Grams: 800, Size: []float64{20, 20, 8}, Content: "a \"book\" & more"},
		},
		CollectOn: &openapi_types.Date{Time: seedDay},
		Labels:    map[string]string{"team": "blue", "order": "A-17"},
		BookedAt:  seedBooked(n),
		Price:     price(2050),
	}
	if err := shipment.Payment.FromPrepaid(api.Prepaid{Kind: "prepaid", Voucher: "V-2026-000117"}); err != nil {
		panic(err) // It is two texts.
	}
	return shipment
}

// FindShipments handles GET /shipments.
func (h *handlers) FindShipments(_ context.Context, req api.FindShipmentsRequestObject) (api.FindShipmentsResponseObject, error) {
	page, perPage := 1, 20
	if req.Params.Page != nil {
		page = *req.Params.Page
	}
	if req.Params.PerPage != nil {
		perPage = *req.Params.PerPage
	}
	var want func(*api.Shipment) bool
	if asked := req.Params.State; asked != nil {
		want = func(s *api.Shipment) bool { return slices.Contains(asked, s.State) }
	}
	items, _ := h.shipments.Page(int64((page-1)*perPage), perPage, want)
	return api.FindShipments200JSONResponse{Body: items}, nil
}

// BookShipment handles POST /shipments.
func (h *handlers) BookShipment(_ context.Context, req api.BookShipmentRequestObject) (api.BookShipmentResponseObject, error) {
	grams := 0
	for _, parcel := range req.Body.Parcels {
		grams += int(parcel.Grams)
	}
	shipment := h.shipments.Add(func(n int64) api.Shipment {
		return api.Shipment{
			ID:        identifier(n),
			State:     api.StateBooked,
			From:      req.Body.From,
			To:        req.Body.To,
			Parcels:   req.Body.Parcels,
			Payment:   req.Body.Payment,
			CollectOn: req.Body.CollectOn,
			Labels:    req.Body.Labels,
			BookedAt:  h.now(),
			Price:     price(grams),
		}
	})
	location := "/api/shipments/" + shipment.ID.String()
	return api.BookShipment201JSONResponse{Body: shipment, Headers: api.BookShipment201ResponseHeaders{Location: &location}}, nil
}

// ReadShipment handles GET /shipments/{id}.
func (h *handlers) ReadShipment(_ context.Context, req api.ReadShipmentRequestObject) (api.ReadShipmentResponseObject, error) {
	shipment, ok := h.shipments.Get(number(req.ID))
	if !ok {
		return nil, &api.Error{Status: http.StatusNotFound}
	}
	return api.ReadShipment200JSONResponse{Body: shipment}, nil
}

// ReadAccount handles GET /account.
func (h *handlers) ReadAccount(ctx context.Context, _ api.ReadAccountRequestObject) (api.ReadAccountResponseObject, error) {
	account, _ := ctx.Value(accountKey{}).(string)
	return api.ReadAccount200JSONResponse{Body: api.Account{Name: account, Credit: 1250.75, Active: true, Limits: limits}}, nil
}
