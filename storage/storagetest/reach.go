package storagetest

import (
	"fmt"
	"reflect"

	"rapport/hub/chat"
)

// pushDevices: one address is one device, told while its sign-in lasts; its address
// is sealed.
func pushDevices(w *world) {
	id := w.agent.ID
	session := w.session(id)
	w.must(w.store.InsertSession(w.ctx, session, chat.Proof{Password: "hash"}))
	device := func(name string) *chat.PushDevice {
		return &chat.PushDevice{
			ID: chat.NewID(), AgentID: id, SessionID: session.ID, UserAgent: "Phone",
			Push: chat.PushAddress{Endpoint: "https://push.example.com/" + name, P256dh: "key", Auth: "secret"},
		}
	}
	first := device("one")
	w.must(w.store.SavePushDevice(w.ctx, first))
	again := device("one")
	w.must(w.store.SavePushDevice(w.ctx, again))
	if again.ID != first.ID {
		w.Error("one browser became two devices")
	}
	if n := w.count(`SELECT count(*) FROM push_device WHERE sealed LIKE '%example%' OR sealed LIKE '%secret%'`); n != 0 {
		w.Error("the address lies open")
	}
	w.must(w.store.PushReached(w.ctx, first.ID))
	list, err := w.store.PushDevices(w.ctx, id)
	if err != nil || len(list) != 1 || list[0].Push != first.Push || list[0].ReachedAt == 0 || list[0].CreatedAt != first.CreatedAt {
		w.Errorf("devices are %+v, %v", list, err)
	}
	for n := range chat.MaxPushDevices + 2 {
		w.must(w.store.SavePushDevice(w.ctx, device(fmt.Sprint("more", n))))
	}
	if list, err = w.store.PushDevices(w.ctx, id); err != nil || len(list) != chat.MaxPushDevices || list[0].ID == first.ID {
		w.Errorf("%d devices, %v", len(list), err)
	}
	w.refused(w.store.DeletePushDevice(w.ctx, chat.NewID(), list[0].ID), chat.NotFound)
	w.refused(w.store.DeletePushDevice(w.ctx, id, first.ID), chat.NotFound) // it had to go
	w.must(w.store.DeletePushDevice(w.ctx, id, list[0].ID))
	w.must(w.store.RevokeSession(w.ctx, id, session.ID))
	if list, err = w.store.PushDevices(w.ctx, id); err != nil || len(list) != 0 {
		w.Errorf("after signing out %d are told, %v", len(list), err)
	}
}

func reaches(w *world) {
	if got, err := w.store.Reach(w.ctx, w.agent.ID); err != nil || !reflect.DeepEqual(*got, chat.UsualReach(w.agent.ID)) {
		w.Errorf("who has said nothing is reached %+v, %v", got, err)
	}
	for _, want := range []chat.Reach{
		{AgentID: w.agent.ID, Mail: false, Quiet: true, Begins: 1200, Ends: 400, Zone: "Europe/Berlin", Mutes: []string{"mention.sound", "mine.phone"}}, {AgentID: w.agent.ID, Mail: true},
	} {
		w.must(w.store.SaveReach(w.ctx, &want))
		if got, err := w.store.Reach(w.ctx, w.agent.ID); err != nil || !reflect.DeepEqual(*got, want) {
			w.Errorf("reached %+v, %v; want %+v", got, err, want)
		}
	}
}
