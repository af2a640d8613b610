package links

import (
	"context"
	"slices"
	"sync"
)

// queue holds messages whose links are to be opened. Sites take turns, and none has
// more than its share of what waits and of who opens: what one site's visitors write
// keeps no other's waiting. Safe for concurrent use.
type queue struct {
	come chan struct{} // as many as are to look what there is

	mu    sync.Mutex
	due   map[string][]job // by site, oldest first
	turns []string         // sites in due, who is next first
	busy  map[string]int   // by site, what was taken and is not done
	n     int              // in due
}

func newQueue() *queue {
	return &queue{come: make(chan struct{}, atOnce), due: map[string][]job{}, busy: map[string]int{}}
}

// add reports false where there is no room. It returns at once.
func (q *queue) add(j job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n >= maxDue || len(q.due[j.site]) >= maxDueOf {
		return false
	}
	if len(q.due[j.site]) == 0 {
		q.turns = append(q.turns, j.site)
	}
	q.due[j.site] = append(q.due[j.site], j)
	q.n++
	select {
	case q.come <- struct{}{}:
	default: // all will look
	}
	return true
}

// next waits for one that may be done now, and reports false when ctx has ended.
func (q *queue) next(ctx context.Context) (job, bool) {
	for {
		if j, ok := q.take(); ok {
			return j, ctx.Err() == nil
		}
		select {
		case <-ctx.Done():
			return job{}, false
		case <-q.come:
		}
	}
}

// take is next without the waiting.
func (q *queue) take() (job, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.IndexFunc(q.turns, func(site string) bool { return q.busy[site] < atOnceOf })
	if i < 0 {
		return job{}, false
	}
	site := q.turns[i]
	j := q.due[site][0]
	q.turns = slices.Delete(q.turns, i, i+1)
	if q.due[site] = q.due[site][1:]; len(q.due[site]) > 0 {
		q.turns = append(q.turns, site)
	} else {
		delete(q.due, site)
	}
	q.n--
	q.busy[site]++
	return j, true
}

// done gives back what take has given. Whoever does so looks again.
func (q *queue) done(j job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy[j.site]--; q.busy[j.site] == 0 {
		delete(q.busy, j.site)
	}
}
