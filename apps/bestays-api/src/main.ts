import { serve } from "@whitelabel/shared-api";
import { bestays as product } from "@whitelabel/shared-config";

serve(product, process.env);
