import { serve } from "@whitelabel/shared-api/serve";
import { realestate as product } from "@whitelabel/shared-config";

serve(product, process.env);
