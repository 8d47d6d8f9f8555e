DROP TABLE "job_leases";

DROP TABLE "front_desk_position";

DROP TABLE "front_desk_events";

DROP TABLE "parking_reservations";

DROP TABLE "parking_spaces";

DROP TABLE "reception_tasks";

DROP TABLE "guest_requests";

DROP TABLE "guest_links";

DROP TABLE "notification_receipts";
