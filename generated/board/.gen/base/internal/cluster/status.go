package cluster

import "time"

// Status is what a launcher says of itself and its workers.
type Status struct {
	Launcher LauncherStatus `json:"launcher"`
	// Workers are those that serve, or are about to, by slot. A slot that waits to start one again is not
	// among them.
	Workers []WorkerStatus `json:"workers"`
	// Starting are those that are to take the place of one that serves.
	Starting []WorkerStatus `json:"starting"`
	// Draining are those that leave.
	Draining []WorkerStatus `json:"draining"`
	// Waiting are the slots that wait to start one again.
	Waiting []WaitingSlot `json:"waiting"`
}

// LauncherStatus is what a launcher says of itself.
type LauncherStatus struct {
	PID     int       `json:"pid"`
	URL     string    `json:"url"`
	Started time.Time `json:"started"`
	// Slots is how many workers there should be.
	Slots int `json:"slots"`
	// Serving says that all of them have been ready.
	Serving bool `json:"serving"`
	// Stopping says that all of them leave.
	Stopping bool `json:"stopping"`
}

// WorkerStatus is what a launcher says of a worker.
type WorkerStatus struct {
	Slot  int    `json:"slot"`
	PID   int    `json:"pid"`
	State string `json:"state"` // starting, ready, draining
	// Generation counts the workers of the slot, Restarts those that were started because one died.
	Generation int `json:"generation"`
	Restarts   int `json:"restarts"`
	// Build is the version of the program.
	Build       string    `json:"build"`
	Started     time.Time `json:"started"`
	Memory      int64     `json:"memory"` // resident bytes
	Connections int       `json:"connections"`
	Requests    int64     `json:"requests"`
	// Rate is requests a second, over the last seconds.
	Rate     float64 `json:"requestsPerSecond"`
	LastExit string  `json:"lastExit,omitempty"`
}

// WaitingSlot is a slot that waits to start a worker again.
type WaitingSlot struct {
	Slot     int    `json:"slot"`
	Restarts int    `json:"restarts"`
	LastExit string `json:"lastExit,omitempty"`
	// Next is when it does; zero while that is not known.
	Next time.Time `json:"next,omitzero"`
}
