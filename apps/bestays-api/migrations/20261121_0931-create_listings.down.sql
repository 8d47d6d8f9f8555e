DROP TABLE "policy_translations";
DROP TABLE "policies";
DROP TABLE "amenity_translations";
DROP TABLE "amenities";
DROP TABLE "property_translations";
DROP TABLE "properties";
