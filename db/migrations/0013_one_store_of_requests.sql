ALTER TABLE "keyed_requests" DROP COLUMN "user_id";--> statement-breakpoint
-- A client may repeat after the upgrade what it sent before it: the ids stay what they were.
INSERT INTO "keyed_requests" ("id", "body_hash", "result", "recorded_at")
SELECT "id", "body_hash", "subject_id", "recorded_at" FROM "creations";--> statement-breakpoint
DROP TABLE "creations" CASCADE;
