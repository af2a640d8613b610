package main

import (
	"context"
	"sync"
	"time"
)

// askEvery is how often one of several servers looks whether it is the foreman.
const askEvery = 200 * time.Millisecond

// jobs are what is done once however many servers there are: by the foreman. Each goes
// by what stands in the database, under a lease or in the transaction that it is noted
// in, so that whoever takes over goes on where it was left, and two who hold
// themselves for the foreman for a moment do nothing twice but what leaves the house,
// which goes out under the same id.
func (s *server) jobs() []func(context.Context) {
	return []func(context.Context){
		s.tellReminders, // leased, told, then noted: at most once more
		s.sendFollowUps, // leased; noted in the message's transaction
		s.wakeSleepers,  // the state says whether it still sleeps
		s.handOn,        // a promise that was handed on is not found again
		s.attend,        // what was said stands in the transaction that said it
		s.passTurns,     // the turn's end stands in the row that is passed on
		s.routes.Run,    // the desk decides on the locked row
		s.writeLetters,  // leased; the letter's id is that of the claim
		s.forgetLinks, s.forgetShared, s.eraseAged, s.finishErasing,
		s.sweepFiles, // what was never sent, by its age
		s.indexWords, // how far it has come stands with what it has read
	}
}

// works does the jobs until ctx ends: always where this server is alone, else whenever
// it is the foreman.
func (s *server) works(ctx context.Context) {
	if s.others.order == nil {
		together(ctx, s.jobs())
		return
	}
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		if s.store.Leads() {
			s.term(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// term does the jobs for as long as this server is the foreman.
func (s *server) term(ctx context.Context) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	done := make(chan struct{})
	go func() { defer close(done); together(ctx, s.jobs()) }()
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for s.store.Leads() {
		select {
		case <-done: // ctx has ended
			return
		case <-tick.C:
		}
	}
	end()
	<-done
	s.log.Info("another server does now what one of several has to do")
}

// together does the jobs at the same time, until all have ended.
func together(ctx context.Context, jobs []func(context.Context)) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() { job(ctx) })
	}
	wg.Wait()
}
