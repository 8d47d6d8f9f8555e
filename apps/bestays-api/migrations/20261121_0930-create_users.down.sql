DROP TABLE "staff_assignments";
DROP TABLE "users";
DROP FUNCTION touch_row();
