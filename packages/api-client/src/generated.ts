// Generated from the API's OpenAPI document by `pnpm client:generate`; do not edit.
import type {
  ChangeOptions,
  CreateOptions,
  Operation,
  PagedMethod,
  ReadOptions,
  StreamEvent,
  StreamOptions,
} from "./types.ts";

/**
 * A method for every operation of the API, named as its operation id in the OpenAPI document. Each throws ApiError,
 * with one of the codes that are listed there, or with one that any of them can fail with:
 * `unauthenticated`, `forbidden`, `rate_limited`, `internal`, `unavailable`, `wrong_database`, `schema_behind`.
 */
export interface Client {
  /**
   * What listings can offer.
   *
   * Short enough to come whole: there is never a next page. What has no name in the locale has the one of the fallback.
   *
   * For anyone; a token that is sent must be good.
   *
   * `GET /api/v1/amenities`
   *
   * @throws ApiError `invalid`
   */
  listAmenities(input?: ListAmenitiesInput, options?: ReadOptions): Promise<AmenityPage>;

  /**
   * What happened, the newest first.
   *
   * Changes, refusals of callers who are known (`access.denied`) and views of guests' data (`guest_data.viewed`). Rows are never changed or removed.
   *
   * For admins.
   *
   * `GET /api/v1/audit-logs`
   *
   * @throws ApiError `invalid`
   */
  listAuditLogs: PagedMethod<[input?: ListAuditLogsInput], AuditLogPage>;

  /**
   * What a frontend of this product has to know before it starts.
   *
   * For anyone; a token that is sent must be good.
   *
   * `GET /api/v1/config`
   */
  getConfig(options?: ReadOptions): Promise<Config>;

  /**
   * A branch's arrivals, departures or guests in house on a day.
   *
   * Guests' names are read from core at this moment and stored nowhere; that they were shown is recorded.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/bookings`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listFrontDeskBookings: PagedMethod<[input: ListFrontDeskBookingsInput], FrontDeskBookingBoard>;

  /**
   * A booking, and what we keep of it.
   *
   * Guests' names are read from core at this moment and stored nowhere; that they were shown is recorded. While core is away it cannot be told whether there is such a booking: the answer is what we keep of it, which may be nothing.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/bookings/{booking_id}`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  getFrontDeskBooking(input: GetFrontDeskBookingInput, options?: ReadOptions): Promise<BookingWithState>;

  /**
   * The links that were made for a booking, without their tokens.
   *
   * While core is away it cannot be told whether there is such a booking: the answer is the links that we keep, which may be none.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/bookings/{booking_id}/guest-links`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listGuestLinks(input: ListGuestLinksInput, options?: ReadOptions): Promise<GuestLinkPage>;

  /**
   * A link to one booking, for its guest.
   *
   * Shown this once: the token is stored nowhere. It opens the guest's page until the end of the day of departure on the branch's clocks, or until it is revoked. Whoever has it is the guest, so give it to nobody else.
   *
   * For agents and admins.
   *
   * `POST /api/v1/front-desk/bookings/{booking_id}/guest-links`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `gone`, `too_large`, `unsupported_media`, `invalid`, `core_unavailable`
   */
  createGuestLink(input: CreateGuestLinkInput, options?: CreateOptions): Promise<ShownGuestLink>;

  /**
   * The branches that the caller works for.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/branches`
   *
   * @throws ApiError `feature_disabled`
   */
  listBranches(options?: ReadOptions): Promise<BranchPage>;

  /**
   * Rooms that can still be let, by type and night.
   *
   * From core's daily offers. While core is away there is nothing of it that we know: `items` is empty and `degraded` says so.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/branches/{property_id}/availability`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listAvailability(input: ListAvailabilityInput, options?: ReadOptions): Promise<Availability>;

  /**
   * The rooms of a branch.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/branches/{property_id}/rooms`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listRooms(input: ListRoomsInput, options?: ReadOptions): Promise<RoomPage>;

  /**
   * What happens at the front desk, live.
   *
   * Server-sent events: that something changed, and its id; what it is now is asked for
   * with the other routes. Read it with fetch, since EventSource sends no Authorization header.
   *
   * - `id` is the position, `event` the kind (`task.created`, `notification.created`, …), `data` an object with
   *   `position`, `kind`, `property_id`, `entity`, `entity_id` and `created_at`. Positions rise; not every number occurs.
   * - A new client is told `event: ready` with the current position first and then what happens from there on.
   * - With `Last-Event-ID` it goes on after that position, without loss or repetition. Where that is no longer possible
   *   (older than seven days, or of a database that was restored) comes `event: reset` with the current position: read the
   *   lists anew.
   * - Every 15 s without an event comes a comment. Comments may carry an `id`: a position past events of other branches.
   * - The caller's role, branches and token are looked at every 30 s, and a stream lasts 15 minutes at most. It then ends with
   *   `retry`: come back with a fresh token and `Last-Event-ID`. Clerk's tokens live a minute, so that is the usual end.
   * - A client that stops reading is disconnected, and may come back likewise.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/events`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  streamFrontDeskEvents(
    input?: StreamFrontDeskEventsInput,
    options?: StreamOptions,
  ): AsyncGenerator<
    StreamEvent<{
      /** @example 1043 */
      position: number;
      /** @example task.created */
      kind?: string;
      /** @example BKK-01 */
      property_id?: string;
      /** @example task */
      entity?: string;
      /** @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10 */
      entity_id?: string;
      /**
       * @format date-time
       * @example 2026-11-21T04:00:00.123Z
       */
      created_at?: string;
    }>,
    void,
    undefined
  >;

  /**
   * Close a link, at once.
   *
   * Revoking it again is 204 again, and does nothing.
   *
   * For agents and admins.
   *
   * `DELETE /api/v1/front-desk/guest-links/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `too_large`, `unsupported_media`, `invalid`
   */
  revokeGuestLink(input: RevokeGuestLinkInput, options?: ReadOptions): Promise<void>;

  /**
   * What guests ask for.
   *
   * Guests' names are read from core now, and that they were shown is recorded.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/guest-requests`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listGuestRequests: PagedMethod<[input?: ListGuestRequestsInput], GuestRequestPage>;

  /**
   * Write down what a guest asked for.
   *
   * Without the guest's name, contacts or documents: 422 `pii_detected` names the field and the kind.
   *
   * For agents and admins.
   *
   * `POST /api/v1/front-desk/guest-requests`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `gone`, `too_large`, `unsupported_media`, `invalid`, `pii_detected`, `core_unavailable`
   */
  createGuestRequest(input: CreateGuestRequestInput, options?: CreateOptions): Promise<GuestRequestDetail>;

  /**
   * A guest's request.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/guest-requests/{id}`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  getGuestRequest(input: GetGuestRequestInput, options?: ReadOptions): Promise<GuestRequestDetail>;

  /**
   * Accept a request, decline it, or say that it is done.
   *
   * A waiting request is accepted or declined, an accepted one is done; anything else is 409. Accepting makes the one task that the request becomes.
   *
   * For agents and admins.
   *
   * `PATCH /api/v1/front-desk/guest-requests/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`, `pii_detected`, `core_unavailable`
   */
  updateGuestRequest(input: UpdateGuestRequestInput, options?: ChangeOptions): Promise<GuestRequestDetail>;

  /**
   * What core told a branch, the newest first.
   *
   * Each with our receipt beside it. Guests' names are read from core at this moment and stored nowhere; that they were shown is recorded. With `unread`, a page looks through 1,000 at most: it may be short, or empty, and still have a `next_cursor`.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/notifications`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listNotifications: PagedMethod<[input: ListNotificationsInput], NotificationPage>;

  /**
   * Says that somebody has seen it.
   *
   * The first who says so stays; whoever says it again gets that receipt.
   *
   * For agents and admins.
   *
   * `PUT /api/v1/front-desk/notifications/{id}/receipt`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `too_large`, `unsupported_media`, `invalid`, `core_unavailable`
   */
  acknowledgeNotification(input: AcknowledgeNotificationInput, options?: ReadOptions): Promise<NotificationReceipt>;

  /**
   * Which spaces of a branch are free in a period.
   *
   * A space is free if nobody has it at any moment from `from` up to, and without, `to`. Free now is not reserved: of those who ask for a space at once one gets it.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/parking/availability`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  getParkingAvailability(input: GetParkingAvailabilityInput, options?: ReadOptions): Promise<ParkingAvailability>;

  /**
   * Whose car it is.
   *
   * The reservations of a branch with this plate, the earliest first. It is asked for with POST so that no plate stands in an address.
   *
   * For agents and admins.
   *
   * `POST /api/v1/front-desk/parking/plate-lookups`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `too_large`, `unsupported_media`, `invalid`
   */
  lookUpParkingPlate(input: LookUpParkingPlateInput, options?: ReadOptions): Promise<ParkingReservationPage>;

  /**
   * Who has which space when.
   *
   * In the order in which they begin. Guests' names are read from core now, and that they were shown is recorded.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/parking/reservations`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listParkingReservations: PagedMethod<[input?: ListParkingReservationsInput], ParkingReservationPage>;

  /**
   * Reserve a space for a booking.
   *
   * A space is never double-booked: of those who want it for periods that overlap one gets it, the others 409. One period may begin at the instant at which another ends. A period is a year at most. While core is away nothing is reserved, since nobody can say whose booking it is.
   *
   * For agents and admins.
   *
   * `POST /api/v1/front-desk/parking/reservations`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `gone`, `too_large`, `unsupported_media`, `invalid`, `core_unavailable`
   */
  createParkingReservation(
    input: CreateParkingReservationInput,
    options?: CreateOptions,
  ): Promise<ParkingReservationDetail>;

  /**
   * A reservation.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/parking/reservations/{id}`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  getParkingReservation(input: GetParkingReservationInput, options?: ReadOptions): Promise<ParkingReservationDetail>;

  /**
   * Cancel a reservation that nobody has come for yet.
   *
   * Its space is free at once. Cancelling it again is 204 again, and does nothing.
   *
   * For agents and admins.
   *
   * `DELETE /api/v1/front-desk/parking/reservations/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  cancelParkingReservation(input: CancelParkingReservationInput, options?: ChangeOptions): Promise<void>;

  /**
   * The car has come.
   *
   * For agents and admins.
   *
   * `PUT /api/v1/front-desk/parking/reservations/{id}/arrival`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  arriveAtParking(input: ArriveAtParkingInput, options?: ChangeOptions): Promise<ParkingReservationDetail>;

  /**
   * The car has left, which ends the period.
   *
   * For agents and admins.
   *
   * `PUT /api/v1/front-desk/parking/reservations/{id}/departure`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  departFromParking(input: DepartFromParkingInput, options?: ChangeOptions): Promise<ParkingReservationDetail>;

  /**
   * The parking spaces of the caller's branches.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/parking/spaces`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listParkingSpaces: PagedMethod<[input?: ListParkingSpacesInput], ParkingSpacePage>;

  /**
   * A new parking space of a branch.
   *
   * For agents and admins.
   *
   * `POST /api/v1/front-desk/parking/spaces`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `gone`, `too_large`, `unsupported_media`, `invalid`
   */
  createParkingSpace(input: CreateParkingSpaceInput, options?: CreateOptions): Promise<ParkingSpace>;

  /**
   * A parking space.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/parking/spaces/{id}`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  getParkingSpace(input: GetParkingSpaceInput, options?: ReadOptions): Promise<ParkingSpace>;

  /**
   * Change a parking space, or no longer let it.
   *
   * A space that is no longer active cannot be reserved; what is reserved already stays.
   *
   * For agents and admins.
   *
   * `PATCH /api/v1/front-desk/parking/spaces/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  updateParkingSpace(input: UpdateParkingSpaceInput, options?: ChangeOptions): Promise<ParkingSpace>;

  /**
   * The shift at a glance.
   *
   * Numbers only, for the beginning of a shift and for charts.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/summary`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  getFrontDeskSummary(input: GetFrontDeskSummaryInput, options?: ReadOptions): Promise<FrontDeskSummary>;

  /**
   * Claims the next task of a branch.
   *
   * The most pressing one that nobody claims, of these the one due first; one whose claim has lapsed counts. A claim is a lease of 60 seconds by the database's clock. A heartbeat, a release and a completion need the claim's own `fencing_token` and a lease that still runs, else they are 409.
   *
   * For agents and admins.
   *
   * `POST /api/v1/front-desk/task-claims`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `gone`, `too_large`, `unsupported_media`, `invalid`
   */
  claimNextTask(input: ClaimNextTaskInput, options?: CreateOptions): Promise<ShownTask | undefined>;

  /**
   * The tasks that this product's reception makes again and again.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/task-presets`
   *
   * @throws ApiError `feature_disabled`, `invalid`
   */
  listTaskPresets(input?: ListTaskPresetsInput, options?: ReadOptions): Promise<TaskPresets>;

  /**
   * What reception has to do.
   *
   * Guests' names are read from core at this moment and stored nowhere; that they were shown is recorded.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/tasks`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listTasks: PagedMethod<[input?: ListTasksInput], TaskPage>;

  /**
   * A new task.
   *
   * For agents and admins.
   *
   * `POST /api/v1/front-desk/tasks`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `gone`, `too_large`, `unsupported_media`, `invalid`, `pii_detected`, `core_unavailable`
   */
  createTask(input: CreateTaskInput, options?: CreateOptions): Promise<Task>;

  /**
   * A task.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/tasks/{id}`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  getTask(input: GetTaskInput, options?: ReadOptions): Promise<ShownTask>;

  /**
   * Changes an unfinished task.
   *
   * Without text and `due_local` it works while core is away.
   *
   * For agents and admins.
   *
   * `PATCH /api/v1/front-desk/tasks/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`, `pii_detected`, `core_unavailable`
   */
  updateTask(input: UpdateTaskInput, options?: ChangeOptions): Promise<Task>;

  /**
   * A task is not needed any more.
   *
   * Whoever claims it is told with 409 when they complete it. Without a reason it works while core is away.
   *
   * For agents and admins.
   *
   * `PUT /api/v1/front-desk/tasks/{id}/cancellation`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`, `pii_detected`, `core_unavailable`
   */
  cancelTask(input: CancelTaskInput, options?: ChangeOptions): Promise<Task>;

  /**
   * Claims this task, or keeps a claim alive.
   *
   * Without `fencing_token` it claims, with it it is a heartbeat, which leaves `version` as it is. A claim is a lease of 60 seconds by the database's clock. A heartbeat, a release and a completion need the claim's own `fencing_token` and a lease that still runs, else they are 409.
   *
   * For agents and admins.
   *
   * `PUT /api/v1/front-desk/tasks/{id}/claim`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  claimTask(input: ClaimTaskInput, options?: ChangeOptions): Promise<Task>;

  /**
   * Gives a claimed task back.
   *
   * For agents and admins.
   *
   * `DELETE /api/v1/front-desk/tasks/{id}/claim`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  releaseTask(input: ReleaseTaskInput, options?: ChangeOptions): Promise<Task>;

  /**
   * A claimed task is done.
   *
   * Without a note it works while core is away.
   *
   * For agents and admins.
   *
   * `PUT /api/v1/front-desk/tasks/{id}/completion`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`, `pii_detected`, `core_unavailable`
   */
  completeTask(input: CompleteTaskInput, options?: ChangeOptions): Promise<Task>;

  /**
   * Who did what with a task, the first thing first.
   *
   * For agents and admins.
   *
   * `GET /api/v1/front-desk/tasks/{id}/history`
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listTaskHistory: PagedMethod<[input: ListTaskHistoryInput], TaskHistory>;

  /**
   * The booking that the guest's link opens.
   *
   * Read from core now. 410 `gone` once the booking is cancelled or the stay is over.
   *
   * For a guest with the link to their booking.
   *
   * `GET /api/v1/guest/booking`
   *
   * @throws ApiError `feature_disabled`, `gone`
   */
  getOwnBooking(options?: ReadOptions): Promise<GuestBooking>;

  /**
   * The spaces that are free, for the whole stay or a part of it.
   *
   * For a guest with the link to their booking.
   *
   * `GET /api/v1/guest/parking/availability`
   *
   * @throws ApiError `feature_disabled`, `gone`, `invalid`, `core_unavailable`
   */
  getOwnParkingAvailability(
    input?: GetOwnParkingAvailabilityInput,
    options?: ReadOptions,
  ): Promise<OwnParkingAvailability>;

  /**
   * The spaces that are reserved for this booking.
   *
   * For a guest with the link to their booking.
   *
   * `GET /api/v1/guest/parking/reservations`
   *
   * @throws ApiError `feature_disabled`, `invalid`
   */
  listOwnParkingReservations: PagedMethod<[input?: ListOwnParkingReservationsInput], OwnParkingReservationPage>;

  /**
   * Reserve a parking space.
   *
   * During the stay, a day more at either end; at any time one space for each room of the booking at most.
   *
   * For a guest with the link to their booking.
   *
   * `POST /api/v1/guest/parking/reservations`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `gone`, `too_large`, `unsupported_media`, `invalid`, `core_unavailable`
   */
  createOwnParkingReservation(
    input: CreateOwnParkingReservationInput,
    options?: CreateOptions,
  ): Promise<OwnParkingReservation>;

  /**
   * Cancel a reservation that is not used yet.
   *
   * Its space is free at once. Cancelling it again is 204 again, and does nothing.
   *
   * For a guest with the link to their booking.
   *
   * `DELETE /api/v1/guest/parking/reservations/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  cancelOwnParkingReservation(input: CancelOwnParkingReservationInput, options?: ChangeOptions): Promise<void>;

  /**
   * What was asked for in this booking.
   *
   * For a guest with the link to their booking.
   *
   * `GET /api/v1/guest/requests`
   *
   * @throws ApiError `feature_disabled`, `invalid`
   */
  listOwnRequests: PagedMethod<[input?: ListOwnRequestsInput], OwnGuestRequestPage>;

  /**
   * Ask reception for something.
   *
   * Names, contacts, cards and documents are taken out of the text before it is stored; the answer shows what is kept. While core is away nothing is stored: try again later.
   *
   * For a guest with the link to their booking.
   *
   * `POST /api/v1/guest/requests`
   *
   * @throws ApiError `bad_request`, `feature_disabled`, `conflict`, `gone`, `too_large`, `unsupported_media`, `invalid`, `core_unavailable`
   */
  createOwnRequest(input: CreateOwnRequestInput, options?: CreateOptions): Promise<OwnGuestRequest>;

  /**
   * Withdraw a request that waits.
   *
   * Withdrawing it again is 204 again. One that reception has accepted or declined is 409.
   *
   * For a guest with the link to their booking.
   *
   * `DELETE /api/v1/guest/requests/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `feature_disabled`, `conflict`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  withdrawOwnRequest(input: WithdrawOwnRequestInput, options?: ChangeOptions): Promise<void>;

  /**
   * The rules that listings can have.
   *
   * Short enough to come whole: there is never a next page. What has no name in the locale has the one of the fallback.
   *
   * For anyone; a token that is sent must be good.
   *
   * `GET /api/v1/policies`
   *
   * @throws ApiError `invalid`
   */
  listPolicies(input?: ListPoliciesInput, options?: ReadOptions): Promise<PolicyPage>;

  /**
   * Published listings.
   *
   * Staff may ask for drafts too, with `status`; anybody else who does is refused.
   *
   * For anyone; a token that is sent must be good.
   *
   * `GET /api/v1/properties`
   *
   * @throws ApiError `invalid`
   */
  listProperties: PagedMethod<[input?: ListPropertiesInput], PropertyPage>;

  /**
   * A new listing, as a draft.
   *
   * For agents and admins.
   *
   * `POST /api/v1/properties`
   *
   * @throws ApiError `bad_request`, `conflict`, `gone`, `too_large`, `unsupported_media`, `invalid`
   */
  createProperty(input: CreatePropertyInput, options?: CreateOptions): Promise<StaffProperty>;

  /**
   * A published listing.
   *
   * Staff get their drafts too, and of what is theirs to change, all that there is.
   *
   * For anyone; a token that is sent must be good.
   *
   * `GET /api/v1/properties/{id}`
   *
   * @throws ApiError `not_found`, `gone`, `invalid`
   */
  getProperty(input: GetPropertyInput, options?: ReadOptions): Promise<Property | StaffProperty>;

  /**
   * Change a listing.
   *
   * For agents and admins.
   *
   * `PATCH /api/v1/properties/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `gone`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  updateProperty(input: UpdatePropertyInput, options?: ChangeOptions): Promise<StaffProperty>;

  /**
   * Take a listing down for good.
   *
   * Whoever asks for it later is told that it is gone. Deleting it again is 204 again, and does nothing.
   *
   * For agents and admins.
   *
   * `DELETE /api/v1/properties/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  deleteProperty(input: DeletePropertyInput, options?: ChangeOptions): Promise<void>;

  /**
   * Show a listing to everybody.
   *
   * One that is published already stays as it is.
   *
   * For agents and admins.
   *
   * `PUT /api/v1/properties/{id}/publication`
   *
   * @throws ApiError `bad_request`, `not_found`, `gone`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  publishProperty(input: PublishPropertyInput, options?: ChangeOptions): Promise<StaffProperty>;

  /**
   * Make a listing a draft again.
   *
   * A draft stays as it is.
   *
   * For agents and admins.
   *
   * `DELETE /api/v1/properties/{id}/publication`
   *
   * @throws ApiError `bad_request`, `not_found`, `gone`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  unpublishProperty(input: UnpublishPropertyInput, options?: ChangeOptions): Promise<StaffProperty>;

  /**
   * A listing's texts in a locale.
   *
   * Those in `en`, the fallback, are the listing's own. The same texts again change nothing.
   *
   * For agents and admins.
   *
   * `PUT /api/v1/properties/{id}/translations/{locale}`
   *
   * @throws ApiError `bad_request`, `not_found`, `gone`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  translateProperty(input: TranslatePropertyInput, options?: ChangeOptions): Promise<StaffProperty>;

  /**
   * Take a listing's texts in a locale away.
   *
   * It then answers in the fallback, whose texts cannot be taken away. A locale without texts stays so.
   *
   * For agents and admins.
   *
   * `DELETE /api/v1/properties/{id}/translations/{locale}`
   *
   * @throws ApiError `bad_request`, `not_found`, `gone`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  deletePropertyTranslation(input: DeletePropertyTranslationInput, options?: ChangeOptions): Promise<StaffProperty>;

  /**
   * Accounts, the newest first.
   *
   * Deleted ones are not among them.
   *
   * For admins.
   *
   * `GET /api/v1/users`
   *
   * @throws ApiError `invalid`
   */
  listUsers: PagedMethod<[input?: ListUsersInput], UserPage>;

  /**
   * The caller's own account.
   *
   * For whoever is signed in.
   *
   * `GET /api/v1/users/me`
   */
  getMe(options?: ReadOptions): Promise<User>;

  /**
   * Change what the caller is called.
   *
   * An e-mail is changed with Clerk; role, activity and branches are an admin's to change.
   *
   * For whoever is signed in.
   *
   * `PATCH /api/v1/users/me`
   *
   * @throws ApiError `bad_request`, `gone`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  updateMe(input: UpdateMeInput, options?: ChangeOptions): Promise<User>;

  /**
   * An account.
   *
   * For admins.
   *
   * `GET /api/v1/users/{id}`
   *
   * @throws ApiError `not_found`, `gone`, `invalid`
   */
  getUser(input: GetUserInput, options?: ReadOptions): Promise<User>;

  /**
   * Change an account's role, activity or branches.
   *
   * It acts on the account's next request here, and within a second everywhere. The last active admin can be neither demoted nor deactivated: 409.
   *
   * For admins.
   *
   * `PATCH /api/v1/users/{id}`
   *
   * @throws ApiError `bad_request`, `not_found`, `conflict`, `gone`, `precondition_failed`, `too_large`, `unsupported_media`, `invalid`
   */
  updateUser(input: UpdateUserInput, options?: ChangeOptions): Promise<User>;
}

export interface ListAmenitiesInput {
  /** Beats `Accept-Language`. */
  locale?: "en" | "th" | undefined;
}

export interface ListAuditLogsInput {
  actor_type?: "user" | "guest" | "system" | undefined;
  /**
   * @minimum 1
   * @example 7
   */
  actor_id?: number | undefined;
  /**
   * @minLength 1
   * @maxLength 100
   * @example access.denied
   */
  action?: string | undefined;
  /**
   * @minLength 1
   * @maxLength 100
   * @example user
   */
  entity?: string | undefined;
  /**
   * @minLength 1
   * @maxLength 255
   * @example 12
   */
  entity_id?: string | undefined;
  /**
   * @minLength 1
   * @maxLength 64
   */
  request_id?: string | undefined;
  /**
   * Not before.
   * @format date-time
   * @example 2026-11-21T04:00:00Z
   */
  from?: string | undefined;
  /**
   * Before, this instant excluded.
   * @format date-time
   * @example 2026-11-21T04:00:00Z
   */
  to?: string | undefined;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface ListFrontDeskBookingsInput {
  /**
   * Of which branch.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
  /**
   * The branch's own today if left out.
   * @format date
   * @example 2026-11-21
   */
  date?: string | undefined;
  /** @default arrivals */
  view?: "arrivals" | "departures" | "in_house" | undefined;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface GetFrontDeskBookingInput {
  /**
   * @minLength 1
   * @maxLength 64
   * @example B-1042
   */
  booking_id: string;
}

export interface ListGuestLinksInput {
  /**
   * @minLength 1
   * @maxLength 64
   * @example B-1042
   */
  booking_id: string;
}

export interface CreateGuestLinkInput {
  /**
   * @minLength 1
   * @maxLength 64
   * @example B-1042
   */
  booking_id: string;
}

export interface ListAvailabilityInput {
  /**
   * Of which branch.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
  /**
   * The first night, in the branch's own calendar.
   * @format date
   * @example 2026-11-21
   */
  from: string;
  /**
   * The day after the last; 92 days at most.
   * @format date
   * @example 2026-11-28
   */
  to: string;
}

export interface ListRoomsInput {
  /**
   * Of which branch.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
}

export interface StreamFrontDeskEventsInput {
  /**
   * All of the caller's branches if left out.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id?: string | undefined;
}

export interface RevokeGuestLinkInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface ListGuestRequestsInput {
  /**
   * All of the caller's branches if left out.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id?: string | undefined;
  /**
   * @minLength 1
   * @maxLength 64
   * @example B-1042
   */
  booking_id?: string | undefined;
  /** @example waiting */
  state?: "waiting" | "accepted" | "declined" | "done" | "withdrawn" | undefined;
  /** @example housekeeping */
  kind?:
    | "housekeeping"
    | "maintenance"
    | "amenity"
    | "food"
    | "transport"
    | "late_checkout"
    | "early_checkin"
    | "other"
    | undefined;
  /**
   * In which order.
   * @default newest
   */
  sort?: "newest" | "oldest" | undefined;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface CreateGuestRequestInput {
  body: NewGuestRequest;
}

export interface GetGuestRequestInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface UpdateGuestRequestInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  body: GuestRequestPatch;
}

export interface ListNotificationsInput {
  /**
   * Of which branch.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
  /** Only those without a receipt, or only those with one. */
  unread?: boolean | undefined;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface AcknowledgeNotificationInput {
  /**
   * Of which one.
   * @minLength 1
   * @maxLength 128
   * @example N-204
   */
  id: string;
}

export interface GetParkingAvailabilityInput {
  /**
   * Of which branch.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
  /**
   * @format date-time
   * @example 2026-11-21T14:00:00+07:00
   */
  from: string;
  /**
   * @format date-time
   * @example 2026-11-21T14:00:00+07:00
   */
  to: string;
  /** @example car */
  kind?: "car" | "large_car" | "electric" | "accessible" | "motorcycle" | undefined;
}

export interface LookUpParkingPlateInput {
  body: ParkingPlateLookup;
}

export interface ListParkingReservationsInput {
  /**
   * All of the caller's branches if left out.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id?: string | undefined;
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  space_id?: string | undefined;
  /**
   * @minLength 1
   * @maxLength 64
   * @example B-1042
   */
  booking_id?: string | undefined;
  state?: "reserved" | "arrived" | "departed" | "cancelled" | undefined;
  /**
   * Whose period ends after this instant.
   * @format date-time
   * @example 2026-11-21T14:00:00+07:00
   */
  from?: string | undefined;
  /**
   * Whose period begins before this instant.
   * @format date-time
   * @example 2026-11-21T14:00:00+07:00
   */
  to?: string | undefined;
  /** Only cars that are still there though their period is over. */
  overstays?: boolean | undefined;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface CreateParkingReservationInput {
  body: NewParkingReservation;
}

export interface GetParkingReservationInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface CancelParkingReservationInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface ArriveAtParkingInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface DepartFromParkingInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface ListParkingSpacesInput {
  /**
   * All of the caller's branches if left out.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id?: string | undefined;
  /** @example car */
  kind?: "car" | "large_car" | "electric" | "accessible" | "motorcycle" | undefined;
  is_active?: boolean | undefined;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface CreateParkingSpaceInput {
  body: NewParkingSpace;
}

export interface GetParkingSpaceInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface UpdateParkingSpaceInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  body: ParkingSpacePatch;
}

export interface GetFrontDeskSummaryInput {
  /**
   * Of which branch.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
  /**
   * The branch's own today if left out. What is open or in use is so now, whatever the day.
   * @format date
   * @example 2026-11-21
   */
  date?: string | undefined;
}

export interface ClaimNextTaskInput {
  body: NextClaim;
}

export interface ListTaskPresetsInput {
  /** Of a preset's title. Beats `Accept-Language`. */
  locale?: "en" | "th" | undefined;
}

export interface ListTasksInput {
  /**
   * All branches that you work for if left out.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id?: string | undefined;
  /**
   * One or several of open, claimed, done, cancelled, separated by commas.
   * @example open,claimed
   */
  state?: string | undefined;
  /**
   * One or several of arrival, departure, housekeeping, maintenance, guest_request, transport, parking, payment, other, separated by commas.
   * @example housekeeping
   */
  category?: string | undefined;
  /**
   * One or several of urgent, high, normal, low, separated by commas.
   * @example urgent,high
   */
  priority?: string | undefined;
  /**
   * `me`, `none` or the id of a user.
   * @example me
   */
  assignee?: string | undefined;
  /**
   * @minLength 1
   * @maxLength 200
   * @example B-1042
   */
  booking_id?: string | undefined;
  /**
   * At this instant or later.
   * @format date-time
   * @example 2026-11-21T07:30:00Z
   */
  due_after?: string | undefined;
  /**
   * Earlier than this instant.
   * @format date-time
   * @example 2026-11-21T07:30:00Z
   */
  due_before?: string | undefined;
  /** Only unfinished ones that are past due, escalated, or whose booking core has cancelled or no longer has. */
  view?: "overdue" | "escalated" | "orphaned" | undefined;
  /**
   * `priority`: the most pressing first, of these the one due first. `newest`: the last made first.
   * @default priority
   */
  sort?: "priority" | "newest" | undefined;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface CreateTaskInput {
  body: NewTask;
  /** Of a preset's title. Beats `Accept-Language`. */
  locale?: "en" | "th" | undefined;
}

export interface GetTaskInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface UpdateTaskInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  body: TaskPatch;
}

export interface CancelTaskInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  body?: TaskCancellation | undefined;
}

export interface ClaimTaskInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  body?: TaskClaim | undefined;
}

export interface ReleaseTaskInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /**
   * @format int64
   * @example 1
   */
  fencing_token: number;
}

export interface CompleteTaskInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  body: TaskCompletion;
}

export interface ListTaskHistoryInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface GetOwnParkingAvailabilityInput {
  /**
   * The beginning of the day of arrival if left out.
   * @format date-time
   * @example 2026-11-21T14:00:00+07:00
   */
  from?: string | undefined;
  /**
   * The end of the day of departure if left out.
   * @format date-time
   * @example 2026-11-21T14:00:00+07:00
   */
  to?: string | undefined;
}

export interface ListOwnParkingReservationsInput {
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface CreateOwnParkingReservationInput {
  body: NewOwnParkingReservation;
}

export interface CancelOwnParkingReservationInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface ListOwnRequestsInput {
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface CreateOwnRequestInput {
  body: NewOwnGuestRequest;
}

export interface WithdrawOwnRequestInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface ListPoliciesInput {
  /** Beats `Accept-Language`. */
  locale?: "en" | "th" | undefined;
}

export interface ListPropertiesInput {
  property_type?:
    | "apartment"
    | "commercial"
    | "condo"
    | "house"
    | "land"
    | "office"
    | "retail"
    | "townhouse"
    | "villa"
    | "warehouse"
    | undefined;
  transaction_type?: "lease" | "rent" | "sale" | undefined;
  /**
   * Minor units, of the price of the listing's transaction.
   * @minimum 0
   */
  price_min?: number | undefined;
  /** @minimum 0 */
  price_max?: number | undefined;
  /**
   * At least so many.
   * @minimum 0
   * @maximum 100
   */
  bedrooms?: number | undefined;
  /**
   * Comma-separated; a listing must have all of them.
   * @example pool,gym
   */
  amenities?: string | undefined;
  /**
   * Comma-separated; a listing must have all of them.
   * @example riverside
   */
  tags?: string | undefined;
  featured?: boolean | undefined;
  /**
   * Text in title or description, in any locale and any case. Without three letters or digits in a row it is looked for in titles only.
   * @minLength 1
   * @maxLength 100
   */
  q?: string | undefined;
  /**
   * `draft` and `all` are for staff. An agent sees the drafts of the branches they work for, and of none.
   * @default published
   */
  status?: "published" | "draft" | "all" | undefined;
  /**
   * In which order.
   * @default priority
   */
  sort?: "priority" | "newest" | "price_asc" | "price_desc" | undefined;
  /** Beats `Accept-Language`. */
  locale?: "en" | "th" | undefined;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface CreatePropertyInput {
  body: NewProperty;
}

export interface GetPropertyInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** Beats `Accept-Language`. */
  locale?: "en" | "th" | undefined;
}

export interface UpdatePropertyInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  body: PropertyPatch;
}

export interface DeletePropertyInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface PublishPropertyInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface UnpublishPropertyInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
}

export interface TranslatePropertyInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /**
   * In which locale.
   * @example th
   */
  locale: "en" | "th";
  body: PropertyTranslation;
}

export interface DeletePropertyTranslationInput {
  /**
   * Of which one.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /**
   * In which locale.
   * @example th
   */
  locale: "en" | "th";
}

export interface ListUsersInput {
  role?: "user" | "agent" | "admin" | undefined;
  is_active?: boolean | undefined;
  /**
   * Who works for this branch.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id?: string | undefined;
  /**
   * Text in the e-mail or the display name, in any case.
   * @minLength 1
   * @maxLength 100
   */
  q?: string | undefined;
  /**
   * How many a page has at most.
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface UpdateMeInput {
  body: ChangeMe;
}

export interface GetUserInput {
  /**
   * Of which one.
   * @minimum 1
   * @example 7
   */
  id: number;
}

export interface UpdateUserInput {
  /**
   * Of which one.
   * @minimum 1
   * @example 7
   */
  id: number;
  body: ChangeUser;
}

export interface Amenity {
  /**
   * What a listing names it by.
   * @example shared_pool
   */
  code: string;
  /** @example building */
  category: string;
  /** @example Shared pool */
  name: string;
}

export interface AmenityPage {
  items: Amenity[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

/** What happened and by whom: ids, names of fields and values that are nobody's. */
export interface AuditLog {
  /**
   * @format uuid
   * @example 019a9b1e-5d1b-7c3a-8f00-3f5b0a1c2d3e
   */
  id: string;
  actor_type: "user" | "guest" | "system";
  /**
   * The user's id; null for guests and the system.
   * @example 7
   */
  actor_id: number | null;
  /** @example user.updated */
  action: string;
  /** @example user */
  entity: string;
  /** @example 12 */
  entity_id: string | null;
  /** @example ["role"] */
  changed_fields: string[];
  /** @example {"before":{"role":"user"},"after":{"role":"agent"}} */
  details: Record<string, unknown>;
  /** @example 4f6c0c35-6a2e-4d5f-9a52-0f4d5c0a9d1e */
  request_id: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
}

export interface AuditLogPage {
  items: AuditLog[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

export interface Availability {
  items: RoomTypeAvailability[];
  next_cursor: null;
  /** @example BKK-01 */
  property_id: string;
  /**
   * @format date
   * @example 2026-11-21
   */
  from: string;
  /**
   * @format date
   * @example 2026-11-21
   */
  to: string;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: "core"[];
}

export interface BookedRoom {
  /** @example BKK-01-204 */
  room_id: string | null;
  /**
   * The room within the booking.
   * @example B-1042-1
   */
  row_room_id: string | null;
  booking: GuestContext;
}

export interface BookingWithState {
  /** @example B-1042 */
  booking_id: string;
  /**
   * Null while core is away and nothing of ours says it.
   * @example BKK-01
   */
  property_id: string | null;
  /** Empty while core is away. */
  rooms: BookedRoom[];
  /** The newest 100. */
  tasks: TaskOfBooking[];
  /** The newest 100. */
  guest_requests: GuestRequestOfBooking[];
  /** The newest 100. */
  parking_reservations: ParkingOfBooking[];
  /** The newest 100. */
  guest_links: GuestLinkOfBooking[];
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
}

export interface Branch {
  /** @example BKK-01 */
  property_id: string;
  /**
   * Null while core is away.
   * @example Bangkok Riverside
   */
  name: string | null;
  /** @example Asia/Bangkok */
  time_zone: string | null;
  /** @example Bangkok */
  city: string | null;
}

export interface BranchPage {
  items: Branch[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: "core"[];
}

export interface ChangeMe {
  /**
   * Null takes it away.
   * @minLength 1
   * @maxLength 100
   */
  display_name?: string | null | undefined;
}

export interface ChangeUser {
  role?: "user" | "agent" | "admin" | undefined;
  is_active?: boolean | undefined;
  /**
   * All branches they work for from now on. They must be this product's.
   * @maxItems 500
   */
  property_ids?: string[] | undefined;
}

export interface Config {
  /** @example bestays */
  product: string;
  /** @example Bestays */
  name: string;
  theme: {
    /** @example #FF6B6B */
    primary_color: string;
  };
  /**
   * The first is the fallback.
   * @example ["en","th"]
   */
  locales: string[];
  /**
   * What this deployment serves.
   * @example ["front_desk"]
   */
  features: string[];
  /** @example pk_test_c2FjcmVkLW1heWZseS01NS5jbGVyay5hY2NvdW50cy5kZXYk */
  clerk_publishable_key: string;
}

export interface FrontDeskBooking {
  /** @example B-1042 */
  booking_id: string;
  /** @example BKK-01 */
  property_id: string;
  /** @example BKK-01-204 */
  room_id: string | null;
  /**
   * The room within the booking.
   * @example B-1042-1
   */
  row_room_id: string | null;
  booking: GuestContext;
}

export interface FrontDeskBookingBoard {
  items: FrontDeskBooking[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
  /** @example BKK-01 */
  property_id: string;
  /**
   * Null if it was not asked for and core, which knows the time zone, is away.
   * @format date
   * @example 2026-11-21
   */
  date: string | null;
  view: "arrivals" | "departures" | "in_house";
  /** @example Asia/Bangkok */
  time_zone: string | null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
}

export interface FrontDeskSummary {
  /** @example BKK-01 */
  property_id: string;
  /**
   * Null if it was not asked for and core, which knows the time zone, is away.
   * @format date
   * @example 2026-11-21
   */
  date: string | null;
  /** @example Asia/Bangkok */
  time_zone: string | null;
  /**
   * Rooms, as the board lists them. Null while core is away.
   * @example 3
   */
  arrivals: number | null;
  /**
   * Rooms. Null while core is away.
   * @example 3
   */
  departures: number | null;
  /**
   * Rooms. Null while core is away.
   * @example 3
   */
  in_house: number | null;
  /**
   * Of the newest 1,000. Null while core is away.
   * @example 3
   */
  unread_notifications: number | null;
  /**
   * Not done and not cancelled, claimed ones too.
   * @example 3
   */
  open_tasks: number;
  /**
   * Of those the ones whose time has passed.
   * @example 3
   */
  overdue_tasks: number;
  /**
   * Of those the ones that want a superior's eye.
   * @example 3
   */
  escalated_tasks: number;
  /**
   * Guests' requests that nobody has answered.
   * @example 3
   */
  requests_waiting: number;
  /**
   * Spaces with a car on them.
   * @example 3
   */
  parking_in_use: number;
  /**
   * Spaces that may be reserved.
   * @example 3
   */
  parking_spaces: number;
  /** Of the day: 23 or 25 hours when clocks change. Null while core is away. */
  tasks_by_hour: TasksOfHour[] | null;
  /** From a week before the day to a week after. Null while core is away. */
  rooms_by_day: RoomsOfDay[] | null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: "core"[];
}

export interface GuestBooking {
  /** @example B-1042 */
  booking_id: string;
  /** @example BKK-01 */
  property_id: string;
  branch: {
    /** @example Bangkok Riverside */
    name: string | null;
    /** @example Bangkok */
    city: string | null;
    /** @example Asia/Bangkok */
    time_zone: string | null;
  } | null;
  booking: GuestContext;
  rooms: {
    /** @example 204 */
    room_name: string | null;
    /** @example Deluxe */
    room_type: string | null;
  }[];
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
}

/** Looked up in core now. Null when `degraded`. */
export type GuestContext = {
  /** @example Ada Example */
  guest_name: string;
  /** @example 204 */
  room_name: string | null;
  /** @example Deluxe */
  room_type: string | null;
  /**
   * @format date
   * @example 2026-11-21
   */
  check_in: string;
  /**
   * @format date
   * @example 2026-11-21
   */
  check_out: string;
  /**
   * As core says: confirmed, checked_in, …
   * @example confirmed
   */
  status: string;
} | null;

export interface GuestLink {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example BKK-01 */
  property_id: string;
  /** @example B-1042 */
  booking_id: string;
  /**
   * The end of the day of departure, on the branch's clocks.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  expires_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  revoked_at: string | null;
  /** Neither revoked nor expired. */
  is_open: boolean;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /** @example 1 */
  version: number;
}

export interface GuestLinkOfBooking {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  expires_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  revoked_at: string | null;
  /** Neither revoked nor expired. */
  is_open: boolean;
  /**
   * Since when core has no such booking, or a cancelled one.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  orphaned_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
}

export interface GuestLinkPage {
  items: GuestLink[];
  /** All are on one page. */
  next_cursor: null;
}

export type GuestRequestDetail = GuestRequestItem & {
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
};

export interface GuestRequestItem {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example BKK-01 */
  property_id: string;
  /** @example B-1042 */
  booking_id: string;
  /** @example BKK-01-204 */
  room_id: string | null;
  /** @example housekeeping */
  kind: "housekeeping" | "maintenance" | "amenity" | "food" | "transport" | "late_checkout" | "early_checkin" | "other";
  /**
   * Without personal data.
   * @example Two more towels, please.
   */
  text: string;
  /** @example waiting */
  state: "waiting" | "accepted" | "declined" | "done" | "withdrawn";
  /** @example Brought up at four. */
  resolution: string | null;
  /** Written by the guest on their page, not by staff. */
  is_from_guest: boolean;
  /**
   * The task that it became when it was accepted.
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  task_id: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  closed_at: string | null;
  /**
   * Since when core has no such booking, or a cancelled one.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  orphaned_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
  booking: GuestContext;
}

export interface GuestRequestOfBooking {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  kind: "housekeeping" | "maintenance" | "amenity" | "food" | "transport" | "late_checkout" | "early_checkin" | "other";
  /**
   * Without personal data.
   * @example Two more towels, please.
   */
  text: string;
  state: "waiting" | "accepted" | "declined" | "done" | "withdrawn";
  /**
   * Since when core has no such booking, or a cancelled one.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  orphaned_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
}

export interface GuestRequestPage {
  items: GuestRequestItem[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
}

export interface GuestRequestPatch {
  /** @example accepted */
  state: "accepted" | "declined" | "done";
  /**
   * Why it is declined, or what was done. The guest reads it. 422 `pii_detected` if it names them.
   * @minLength 1
   * @maxLength 2000
   * @example Brought up at four.
   */
  resolution?: string | undefined;
  /** Of the task, when accepting. */
  priority?: "urgent" | "high" | "normal" | "low" | undefined;
}

export interface NewGuestRequest {
  /**
   * @minLength 1
   * @maxLength 64
   * @example B-1042
   */
  booking_id: string;
  /**
   * One of the booking's rooms; its first one if left out.
   * @minLength 1
   * @maxLength 64
   * @example BKK-01-204
   */
  room_id?: string | undefined;
  /** @example housekeeping */
  kind: "housekeeping" | "maintenance" | "amenity" | "food" | "transport" | "late_checkout" | "early_checkin" | "other";
  /**
   * @minLength 1
   * @maxLength 4000
   * @example Two more towels, please.
   */
  text: string;
}

export interface NewOwnGuestRequest {
  /** @example housekeeping */
  kind: "housekeeping" | "maintenance" | "amenity" | "food" | "transport" | "late_checkout" | "early_checkin" | "other";
  /**
   * @minLength 1
   * @maxLength 4000
   * @example Two more towels, please.
   */
  text: string;
}

export interface NewOwnParkingReservation {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  space_id: string;
  /** @example {"from":"2026-11-21T14:00:00+07:00","to":"2026-11-24T12:00:00+07:00"} */
  period: {
    /**
     * @format date-time
     * @example 2026-11-21T14:00:00+07:00
     */
    from: string;
    /**
     * @format date-time
     * @example 2026-11-21T14:00:00+07:00
     */
    to: string;
  };
  /**
   * Kept as a keyed hash only: it can be looked up and never read.
   * @maxLength 64
   * @example 1กข 1234
   */
  plate?: string | undefined;
}

export interface NewParkingReservation {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  space_id: string;
  /**
   * @minLength 1
   * @maxLength 64
   * @example B-1042
   */
  booking_id: string;
  /** @example {"from":"2026-11-21T14:00:00+07:00","to":"2026-11-24T12:00:00+07:00"} */
  period: {
    /**
     * @format date-time
     * @example 2026-11-21T14:00:00+07:00
     */
    from: string;
    /**
     * @format date-time
     * @example 2026-11-21T14:00:00+07:00
     */
    to: string;
  };
  /**
   * Kept as a keyed hash only: it can be looked up and never read.
   * @maxLength 64
   * @example 1กข 1234
   */
  plate?: string | undefined;
}

export interface NewParkingSpace {
  /**
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
  /**
   * @minLength 1
   * @maxLength 40
   * @example P-12
   */
  label: string;
  /**
   * @default car
   * @example car
   */
  kind?: "car" | "large_car" | "electric" | "accessible" | "motorcycle" | undefined;
}

/** The price of its transaction type is needed, `rent_price` for one to rent. */
export interface NewProperty {
  /**
   * @minLength 1
   * @maxLength 200
   * @example Two-bedroom condo near the river
   */
  title: string;
  /**
   * @maxLength 10000
   * @default
   * @example Bright and quiet, five minutes from the pier.
   */
  description?: string | undefined;
  transaction_type: "lease" | "rent" | "sale";
  property_type:
    | "apartment"
    | "commercial"
    | "condo"
    | "house"
    | "land"
    | "office"
    | "retail"
    | "townhouse"
    | "villa"
    | "warehouse";
  /**
   * @format int64
   * @minimum 1
   * @default null
   * @example 2500000
   */
  rent_price?: number | null | undefined;
  /**
   * @format int64
   * @minimum 1
   * @default null
   * @example 2500000
   */
  sale_price?: number | null | undefined;
  /**
   * @format int64
   * @minimum 1
   * @default null
   * @example 2500000
   */
  lease_price?: number | null | undefined;
  /** @default THB */
  currency?: "THB" | undefined;
  /** @default {} */
  physical_specs?:
    | {
        /**
         * @minimum 0
         * @maximum 100
         */
        bedrooms?: number | undefined;
        /**
         * @minimum 0
         * @maximum 100
         */
        bathrooms?: number | undefined;
        /**
         * @minimum 0
         * @maximum 100000000
         */
        area_sqm?: number | undefined;
        /**
         * @minimum 0
         * @maximum 100000000
         */
        land_sqm?: number | undefined;
        /**
         * @minimum 0
         * @maximum 300
         */
        floors?: number | undefined;
        /**
         * @minimum -20
         * @maximum 300
         */
        floor?: number | undefined;
        /**
         * @minimum 0
         * @maximum 10000
         */
        parking_spaces?: number | undefined;
        /**
         * @minimum 1000
         * @maximum 2200
         */
        year_built?: number | undefined;
        furnishing?: "furnished" | "partly_furnished" | "unfurnished" | undefined;
      }
    | undefined;
  /** @default {} */
  location_details?:
    | {
        /**
         * @minLength 1
         * @maxLength 120
         */
        district?: string | undefined;
        /**
         * @minLength 1
         * @maxLength 120
         */
        city?: string | undefined;
        /**
         * @minLength 1
         * @maxLength 120
         */
        region?: string | undefined;
        country?: string | undefined;
        /**
         * @minLength 1
         * @maxLength 20
         */
        postal_code?: string | undefined;
        /**
         * @minimum -90
         * @maximum 90
         */
        latitude?: number | undefined;
        /**
         * @minimum -180
         * @maximum 180
         */
        longitude?: number | undefined;
      }
    | undefined;
  /**
   * Codes of `GET /v1/amenities`.
   * @maxItems 100
   * @default []
   * @example ["gym","lift"]
   */
  amenities?: string[] | undefined;
  /**
   * Codes of `GET /v1/policies`.
   * @maxItems 100
   * @default []
   * @example ["no_smoking"]
   */
  policies?: string[] | undefined;
  /** @default {} */
  contact_info?:
    | {
        /**
         * @minLength 1
         * @maxLength 200
         */
        office?: string | undefined;
        /**
         * @format email
         * @maxLength 254
         */
        email?: string | undefined;
        /**
         * @minLength 1
         * @maxLength 200
         */
        hours?: string | undefined;
      }
    | undefined;
  /**
   * @format uri
   * @maxLength 2000
   * @default null
   * @example https://images.example.com/1.jpg
   */
  cover_image?: string | null | undefined;
  /**
   * @maxItems 50
   * @default []
   */
  images?: string[] | undefined;
  /**
   * Stored in lower case, each once.
   * @example ["riverside"]
   */
  tags?: string[] | undefined;
  /** @default false */
  is_featured?: boolean | undefined;
  /**
   * The higher, the earlier in a list.
   * @minimum 0
   * @maximum 999
   * @default 0
   * @example 100
   */
  listing_priority?: number | undefined;
  /**
   * A branch that you work for.
   * @minLength 1
   * @maxLength 100
   * @default null
   * @example BKK-01
   */
  property_id?: string | null | undefined;
}

export interface NewTask {
  /**
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
  /**
   * A code of `GET /v1/front-desk/task-presets`: it says what is left out here.
   * @maxLength 64
   */
  preset?: string | undefined;
  /**
   * Checked before it is stored: 422 `pii_detected` if it names the booking's guest or holds a contact.
   * @minLength 1
   * @maxLength 200
   * @example Extra towels
   */
  title?: string | undefined;
  /**
   * Checked before it is stored: 422 `pii_detected` if it names the booking's guest or holds a contact.
   * @maxLength 10000
   * @default
   * @example Two bath towels, after 16:00.
   */
  details?: string | undefined;
  /** `other` if neither you nor a preset says. */
  category?:
    | "arrival"
    | "departure"
    | "housekeeping"
    | "maintenance"
    | "guest_request"
    | "transport"
    | "parking"
    | "payment"
    | "other"
    | undefined;
  /** `normal` if neither you nor a preset says. */
  priority?: "urgent" | "high" | "normal" | "low" | undefined;
  /**
   * @format date-time
   * @example 2026-11-21T07:30:00Z
   */
  due_at?: string | undefined;
  /**
   * In place of `due_at`: by the clock of the branch. A time that comes twice when clocks go back is the first; one that is skipped when they go forward is as much later as was skipped.
   * @example 2026-11-21T14:30
   */
  due_local?: string | undefined;
  /**
   * @minLength 1
   * @maxLength 200
   * @example B-1042
   */
  booking_id?: string | undefined;
  /**
   * A room of the branch; the booking's, if it has just one.
   * @minLength 1
   * @maxLength 200
   */
  room_id?: string | undefined;
  /**
   * Which room of a booking of several rooms.
   * @minLength 1
   * @maxLength 200
   */
  row_room_id?: string | undefined;
  /**
   * The notification of core that it answers. There is one task for each, ever: another one is 409.
   * @minLength 1
   * @maxLength 200
   */
  notification_id?: string | undefined;
}

export interface NextClaim {
  /**
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
}

export interface Notification {
  /** @example N-204 */
  notification_id: string;
  /** @example BKK-01 */
  property_id: string;
  /**
   * Null if it is about no booking.
   * @example B-1042
   */
  booking_id: string | null;
  /**
   * As core says.
   * @example booking_created
   */
  kind: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  receipt: NotificationReceipt;
  booking: GuestContext;
}

export interface NotificationPage {
  items: Notification[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
  /**
   * Of the newest 1,000 of the branch those without a receipt. Null while core is away.
   * @example 3
   */
  unread_count: number | null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
}

/** Null while it is unread. */
export type NotificationReceipt = {
  /** @example N-204 */
  notification_id: string;
  /** @example BKK-01 */
  property_id: string;
  /**
   * The first who acknowledged it.
   * @example 7
   */
  acknowledged_by: number | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  acknowledged_at: string;
} | null;

export interface OfferedDay {
  /**
   * @format date
   * @example 2026-11-21
   */
  date: string;
  /**
   * Rooms that can be let for the night that begins.
   * @example 3
   */
  available: number;
  /**
   * Of those rooms, in minor units. Null if none is left, or core names no price that can be read.
   * @example 250000
   */
  lowest_price: number | null;
  /** @example THB */
  currency: string | null;
}

export interface OwnGuestRequest {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example housekeeping */
  kind: "housekeeping" | "maintenance" | "amenity" | "food" | "transport" | "late_checkout" | "early_checkin" | "other";
  /**
   * As it is kept: names, contacts, cards and documents are taken out before that.
   * @example Please call me at [redacted].
   */
  text: string;
  /** @example waiting */
  state: "waiting" | "accepted" | "declined" | "done" | "withdrawn";
  /** @example Brought up at four. */
  resolution: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
}

export interface OwnGuestRequestPage {
  items: OwnGuestRequest[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

export interface OwnParkingAvailability {
  period: {
    /**
     * @format date-time
     * @example 2026-11-21T04:00:00.123Z
     */
    from: string;
    /**
     * @format date-time
     * @example 2026-11-21T04:00:00.123Z
     */
    to: string;
  };
  items: {
    /**
     * @format uuid
     * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
     */
    id: string;
    /** @example P-12 */
    label: string;
    /** @example car */
    kind: "car" | "large_car" | "electric" | "accessible" | "motorcycle";
  }[];
}

export interface OwnParkingReservation {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  space_id: string;
  /** @example P-12 */
  space_label: string;
  /** Ends with the departure, if that is earlier. */
  period: {
    /**
     * @format date-time
     * @example 2026-11-21T04:00:00.123Z
     */
    from: string;
    /**
     * @format date-time
     * @example 2026-11-21T04:00:00.123Z
     */
    to: string;
  };
  state: "reserved" | "arrived" | "departed" | "cancelled";
  /** A plate is known; it can be looked up and not read. */
  has_plate: boolean;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
}

export interface OwnParkingReservationPage {
  items: OwnParkingReservation[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

export interface ParkingAvailability {
  /** @example BKK-01 */
  property_id: string;
  period: {
    /**
     * @format date-time
     * @example 2026-11-21T04:00:00.123Z
     */
    from: string;
    /**
     * @format date-time
     * @example 2026-11-21T04:00:00.123Z
     */
    to: string;
  };
  /** @example 3 */
  available: number;
  items: ParkingSpaceAvailability[];
}

export interface ParkingOfBooking {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  space_id: string;
  /** @example P-12 */
  label: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  from: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  to: string;
  state: "reserved" | "arrived" | "departed" | "cancelled";
  /**
   * Since when core has no such booking, or a cancelled one.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  orphaned_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
}

export interface ParkingPlateLookup {
  /**
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
  /**
   * Kept as a keyed hash only: it can be looked up and never read.
   * @maxLength 64
   * @example 1กข 1234
   */
  plate: string;
}

export interface ParkingReservation {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example BKK-01 */
  property_id: string;
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  space_id: string;
  /** @example P-12 */
  space_label: string;
  /** @example B-1042 */
  booking_id: string;
  /** Ends with the departure, if that is earlier. */
  period: {
    /**
     * @format date-time
     * @example 2026-11-21T04:00:00.123Z
     */
    from: string;
    /**
     * @format date-time
     * @example 2026-11-21T04:00:00.123Z
     */
    to: string;
  };
  state: "reserved" | "arrived" | "departed" | "cancelled";
  /** The car is still there though the period is over. */
  is_overstay: boolean;
  /** A plate is known; it can be looked up and not read. */
  has_plate: boolean;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  arrived_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  departed_at: string | null;
  /**
   * Since when core has no such booking, or a cancelled one.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  orphaned_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
}

export type ParkingReservationDetail = ParkingReservationItem & {
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
};

export type ParkingReservationItem = ParkingReservation & {
  booking: GuestContext;
};

export interface ParkingReservationPage {
  items: ParkingReservationItem[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
}

export interface ParkingSpace {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example BKK-01 */
  property_id: string;
  /** @example P-12 */
  label: string;
  /** @example car */
  kind: "car" | "large_car" | "electric" | "accessible" | "motorcycle";
  /** Whether it may be reserved. What is reserved already stays. */
  is_active: boolean;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
}

export interface ParkingSpaceAvailability {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example P-12 */
  label: string;
  /** @example car */
  kind: "car" | "large_car" | "electric" | "accessible" | "motorcycle";
  /** Nobody else has it at any moment of the period. */
  is_available: boolean;
  /** A car stands there now, be it longer than reserved. */
  is_occupied: boolean;
}

export interface ParkingSpacePage {
  items: ParkingSpace[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

export interface ParkingSpacePatch {
  /**
   * @minLength 1
   * @maxLength 40
   * @example P-12
   */
  label?: string | undefined;
  /** @example car */
  kind?: "car" | "large_car" | "electric" | "accessible" | "motorcycle" | undefined;
  is_active?: boolean | undefined;
}

export interface Policy {
  /**
   * What a listing names it by.
   * @example no_smoking
   */
  code: string;
  /** @example house */
  category: string;
  /** @example No smoking */
  name: string;
  /** @example Inside and on the balcony. */
  description: string;
}

export interface PolicyPage {
  items: Policy[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

/** RFC 9457, with a stable `code` from a closed list. */
export interface Problem {
  /** @example urn:whitelabel:problem:not_found */
  type: string;
  /** @example Not found */
  title: string;
  /** @example 404 */
  status: number;
  /** @example There is no such property */
  detail: string;
  /** @example /api/v1/properties/0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10 */
  instance: string;
  /** @example not_found */
  code:
    | "bad_request"
    | "invalid"
    | "unauthenticated"
    | "forbidden"
    | "not_found"
    | "method_not_allowed"
    | "timeout"
    | "conflict"
    | "gone"
    | "precondition_failed"
    | "too_large"
    | "unsupported_media"
    | "expectation_failed"
    | "rate_limited"
    | "header_too_large"
    | "feature_disabled"
    | "pii_detected"
    | "core_unavailable"
    | "unavailable"
    | "wrong_database"
    | "schema_behind"
    | "internal";
  /** @example bestays */
  product: string;
  /** @example 4f6c0c35-6a2e-4d5f-9a52-0f4d5c0a9d1e */
  request_id: string;
  /** What is wrong with the input, field by field. Never holds a value. */
  errors?: {
    path: string;
    message: string;
  }[];
}

export interface Property {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example Two-bedroom condo near the river */
  title: string;
  description: string;
  transaction_type: "rent" | "sale" | "lease";
  property_type:
    | "villa"
    | "condo"
    | "apartment"
    | "townhouse"
    | "house"
    | "commercial"
    | "land"
    | "office"
    | "retail"
    | "warehouse";
  /**
   * Minor units of `currency`: 2500000 is 25,000 baht a month.
   * @format int64
   * @example 2500000
   */
  rent_price: number | null;
  /** @format int64 */
  sale_price: number | null;
  /** @format int64 */
  lease_price: number | null;
  /** @example THB */
  currency: string;
  /** @example {"bedrooms":2,"bathrooms":2,"area_sqm":84} */
  physical_specs: {
    bedrooms?: number;
    bathrooms?: number;
    area_sqm?: number;
    land_sqm?: number;
    floors?: number;
    floor?: number;
    parking_spaces?: number;
    year_built?: number;
    furnishing?: "furnished" | "partly_furnished" | "unfurnished";
  };
  /** @example {"district":"Watthana","city":"Bangkok","country":"TH"} */
  location_details: {
    district?: string;
    city?: string;
    region?: string;
    country?: string;
    postal_code?: string;
    latitude?: number;
    longitude?: number;
  };
  /** @example ["pool","gym"] */
  amenities: string[];
  /** @example ["no_smoking"] */
  policies: string[];
  cover_image: string | null;
  images: string[];
  /** @example ["riverside"] */
  tags: string[];
  is_featured: boolean;
  /** @example 100 */
  listing_priority: number;
  /**
   * The branch it belongs to, if any.
   * @example BKK-01
   */
  property_id: string | null;
  /** Only in answers to staff. */
  is_published?: boolean;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
}

export interface PropertyPage {
  items: Property[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

/** What is absent stays as it is and null clears. The fields of `physical_specs`, `location_details` and `contact_info` are merged one by one; a list is replaced as a whole. */
export interface PropertyPatch {
  /**
   * @minLength 1
   * @maxLength 200
   * @example Two-bedroom condo near the river
   */
  title?: string | undefined;
  /**
   * @maxLength 10000
   * @example Bright and quiet, five minutes from the pier.
   */
  description?: string | null | undefined;
  transaction_type?: "lease" | "rent" | "sale" | undefined;
  property_type?:
    | "apartment"
    | "commercial"
    | "condo"
    | "house"
    | "land"
    | "office"
    | "retail"
    | "townhouse"
    | "villa"
    | "warehouse"
    | undefined;
  currency?: "THB" | undefined;
  is_featured?: boolean | undefined;
  /**
   * The higher, the earlier in a list.
   * @minimum 0
   * @maximum 999
   * @example 100
   */
  listing_priority?: number | undefined;
  /**
   * @format int64
   * @minimum 1
   * @example 2500000
   */
  rent_price?: number | null | undefined;
  /**
   * @format int64
   * @minimum 1
   * @example 2500000
   */
  sale_price?: number | null | undefined;
  /**
   * @format int64
   * @minimum 1
   * @example 2500000
   */
  lease_price?: number | null | undefined;
  /** @example {"bedrooms":3,"floor":null} */
  physical_specs?:
    | {
        /**
         * @minimum 0
         * @maximum 100
         */
        bedrooms?: number | null | undefined;
        /**
         * @minimum 0
         * @maximum 100
         */
        bathrooms?: number | null | undefined;
        /**
         * @minimum 0
         * @maximum 100000000
         */
        area_sqm?: number | null | undefined;
        /**
         * @minimum 0
         * @maximum 100000000
         */
        land_sqm?: number | null | undefined;
        /**
         * @minimum 0
         * @maximum 300
         */
        floors?: number | null | undefined;
        /**
         * @minimum -20
         * @maximum 300
         */
        floor?: number | null | undefined;
        /**
         * @minimum 0
         * @maximum 10000
         */
        parking_spaces?: number | null | undefined;
        /**
         * @minimum 1000
         * @maximum 2200
         */
        year_built?: number | null | undefined;
        furnishing?: "furnished" | "partly_furnished" | "unfurnished" | null | undefined;
      }
    | null
    | undefined;
  /** @example {"district":"Sathon"} */
  location_details?:
    | {
        /**
         * @minLength 1
         * @maxLength 120
         */
        district?: string | null | undefined;
        /**
         * @minLength 1
         * @maxLength 120
         */
        city?: string | null | undefined;
        /**
         * @minLength 1
         * @maxLength 120
         */
        region?: string | null | undefined;
        country?: string | null | undefined;
        /**
         * @minLength 1
         * @maxLength 20
         */
        postal_code?: string | null | undefined;
        /**
         * @minimum -90
         * @maximum 90
         */
        latitude?: number | null | undefined;
        /**
         * @minimum -180
         * @maximum 180
         */
        longitude?: number | null | undefined;
      }
    | null
    | undefined;
  /**
   * Codes of `GET /v1/amenities`.
   * @maxItems 100
   * @example ["gym","lift"]
   */
  amenities?: string[] | null | undefined;
  /**
   * Codes of `GET /v1/policies`.
   * @maxItems 100
   * @example ["no_smoking"]
   */
  policies?: string[] | null | undefined;
  /** @example {"hours":"08:00-20:00"} */
  contact_info?:
    | {
        /**
         * @minLength 1
         * @maxLength 200
         */
        office?: string | null | undefined;
        /**
         * @format email
         * @maxLength 254
         */
        email?: string | null | undefined;
        /**
         * @minLength 1
         * @maxLength 200
         */
        hours?: string | null | undefined;
      }
    | null
    | undefined;
  /**
   * @format uri
   * @maxLength 2000
   * @example https://images.example.com/1.jpg
   */
  cover_image?: string | null | undefined;
  /** @maxItems 50 */
  images?: string[] | null | undefined;
  /**
   * Stored in lower case, each once.
   * @example ["riverside"]
   */
  tags?: string[] | null | undefined;
  /**
   * A branch that you work for.
   * @minLength 1
   * @maxLength 100
   * @example BKK-01
   */
  property_id?: string | null | undefined;
}

export interface PropertyTranslation {
  /**
   * @minLength 1
   * @maxLength 200
   * @example Two-bedroom condo near the river
   */
  title: string;
  /**
   * @maxLength 10000
   * @default
   * @example Bright and quiet, five minutes from the pier.
   */
  description?: string | undefined;
}

export interface Room {
  /** @example BKK-01-204 */
  room_id: string;
  /** @example BKK-01 */
  property_id: string;
  /** @example 204 */
  name: string | null;
  /** @example Deluxe */
  room_type: string | null;
}

export interface RoomPage {
  items: Room[];
  next_cursor: null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: "core"[];
}

export interface RoomTypeAvailability {
  /** @example Deluxe */
  room_type: string | null;
  /**
   * That there are of this type.
   * @example 5
   */
  rooms: number;
  /** Those that core has offers for. */
  days: OfferedDay[];
}

export interface RoomsOfDay {
  /**
   * @format date
   * @example 2026-11-21
   */
  date: string;
  /**
   * Rooms.
   * @example 3
   */
  arrivals: number;
  /**
   * Rooms.
   * @example 3
   */
  departures: number;
  /**
   * Rooms.
   * @example 3
   */
  in_house: number;
}

export type ShownGuestLink = GuestLink & {
  /**
   * Stored nowhere.
   * @example gl_AZPwwltefDGh9G0vOxyeEMhC7Qm3nE0yq9z1b2c3d4e5f6g7h8i9j0
   */
  token: string;
  /**
   * For the guest. What follows # stays in their browser: no server and no log gets to see it.
   * @example https://bestays.app/guest#gl_AZPwwltefDGh9G0vOxyeEMhC7Qm3nE0yq9z1b2c3d4e5f6g7h8i9j0
   */
  url: string;
};

export interface ShownTask {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example BKK-01 */
  property_id: string;
  /** @example B-1042 */
  booking_id: string | null;
  /** @example BKK-01-204 */
  room_id: string | null;
  /**
   * The room within the booking.
   * @example B-1042-1
   */
  row_room_id: string | null;
  /** @example Extra towels */
  title: string;
  /** @example Two bath towels, after 16:00. */
  details: string;
  /** What was done, or why it was cancelled. */
  resolution: string | null;
  category:
    | "arrival"
    | "departure"
    | "housekeeping"
    | "maintenance"
    | "guest_request"
    | "transport"
    | "parking"
    | "payment"
    | "other";
  priority: "urgent" | "high" | "normal" | "low";
  /**
   * The preset it was made from.
   * @example extra_towels
   */
  preset: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  due_at: string | null;
  /**
   * Since when it wants a superior's eye.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  escalated_at: string | null;
  /** One whose claim has lapsed is `open`. */
  state: "open" | "claimed" | "done" | "cancelled";
  /**
   * Whoever claims it, or did it.
   * @example 7
   */
  assignee_id: number | null;
  /**
   * When the claim lapses, unless a heartbeat comes first.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  lease_until: string | null;
  /**
   * Raised by each new claim. Whoever claims it says it with each heartbeat, release and completion.
   * @format int64
   * @example 1
   */
  fencing_token: number;
  /** @example N-204 */
  notification_id: string | null;
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  guest_request_id: string | null;
  /** @example 7 */
  created_by: number | null;
  /**
   * When it was done or cancelled.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  closed_at: string | null;
  /**
   * Since when core has no such booking, or a cancelled one.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  orphaned_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
  booking: GuestContext;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
}

export type StaffProperty = Property & {
  is_published: boolean;
  /** How staff reach whoever offers it. Never public. */
  contact_info: {
    office?: string;
    email?: string;
    hours?: string;
  };
  /**
   * The texts of every locale, the fallback included.
   * @example {"en":{"title":"House","description":""},"th":{"title":"บ้าน","description":""}}
   */
  translations: Record<
    string,
    {
      title: string;
      description: string;
    }
  >;
  /** @example 7 */
  created_by: number | null;
  /** @example 7 */
  updated_by: number | null;
};

export interface Task {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example BKK-01 */
  property_id: string;
  /** @example B-1042 */
  booking_id: string | null;
  /** @example BKK-01-204 */
  room_id: string | null;
  /**
   * The room within the booking.
   * @example B-1042-1
   */
  row_room_id: string | null;
  /** @example Extra towels */
  title: string;
  /** @example Two bath towels, after 16:00. */
  details: string;
  /** What was done, or why it was cancelled. */
  resolution: string | null;
  category:
    | "arrival"
    | "departure"
    | "housekeeping"
    | "maintenance"
    | "guest_request"
    | "transport"
    | "parking"
    | "payment"
    | "other";
  priority: "urgent" | "high" | "normal" | "low";
  /**
   * The preset it was made from.
   * @example extra_towels
   */
  preset: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  due_at: string | null;
  /**
   * Since when it wants a superior's eye.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  escalated_at: string | null;
  /** One whose claim has lapsed is `open`. */
  state: "open" | "claimed" | "done" | "cancelled";
  /**
   * Whoever claims it, or did it.
   * @example 7
   */
  assignee_id: number | null;
  /**
   * When the claim lapses, unless a heartbeat comes first.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  lease_until: string | null;
  /**
   * Raised by each new claim. Whoever claims it says it with each heartbeat, release and completion.
   * @format int64
   * @example 1
   */
  fencing_token: number;
  /** @example N-204 */
  notification_id: string | null;
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  guest_request_id: string | null;
  /** @example 7 */
  created_by: number | null;
  /**
   * When it was done or cancelled.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  closed_at: string | null;
  /**
   * Since when core has no such booking, or a cancelled one.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  orphaned_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
}

export interface TaskCancellation {
  /**
   * Checked before it is stored: 422 `pii_detected` if it names the booking's guest or holds a contact.
   * @maxLength 2000
   * @example No longer needed.
   */
  reason?: string | undefined;
}

export interface TaskClaim {
  /**
   * @format int64
   * @minimum 1
   * @example 1
   */
  fencing_token?: number | undefined;
}

export interface TaskCompletion {
  /**
   * @format int64
   * @minimum 1
   * @example 1
   */
  fencing_token: number;
  /**
   * Checked before it is stored: 422 `pii_detected` if it names the booking's guest or holds a contact.
   * @maxLength 2000
   * @example Towels brought at 16:10.
   */
  resolution?: string | undefined;
}

export interface TaskHistory {
  items: TaskHistoryEntry[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

export interface TaskHistoryEntry {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example task.claimed */
  action: string;
  actor: {
    type: "user" | "guest" | "system";
    /**
     * Of a user.
     * @example 7
     */
    id: number | null;
    /**
     * Of a user, as it is now.
     * @example Front desk
     */
    display_name: string | null;
  };
  /** @example ["state","assignee_id"] */
  changed_fields: string[];
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
}

export interface TaskOfBooking {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example Extra towels */
  title: string;
  category:
    | "arrival"
    | "departure"
    | "housekeeping"
    | "maintenance"
    | "guest_request"
    | "transport"
    | "parking"
    | "payment"
    | "other";
  priority: "urgent" | "high" | "normal" | "low";
  /** One whose claim has lapsed is `open`. */
  state: "open" | "claimed" | "done" | "cancelled";
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  due_at: string | null;
  /**
   * Since when core has no such booking, or a cancelled one.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  orphaned_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
}

export interface TaskPage {
  items: TaskWithBooking[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
}

export interface TaskPatch {
  /**
   * Checked before it is stored: 422 `pii_detected` if it names the booking's guest or holds a contact.
   * @minLength 1
   * @maxLength 200
   * @example Extra towels
   */
  title?: string | undefined;
  /**
   * Checked before it is stored: 422 `pii_detected` if it names the booking's guest or holds a contact.
   * @maxLength 10000
   * @example Two bath towels, after 16:00.
   */
  details?: string | undefined;
  category?:
    | "arrival"
    | "departure"
    | "housekeeping"
    | "maintenance"
    | "guest_request"
    | "transport"
    | "parking"
    | "payment"
    | "other"
    | undefined;
  priority?: "urgent" | "high" | "normal" | "low" | undefined;
  /**
   * @format date-time
   * @example 2026-11-21T07:30:00Z
   */
  due_at?: string | undefined;
  /**
   * In place of `due_at`: by the clock of the branch. A time that comes twice when clocks go back is the first; one that is skipped when they go forward is as much later as was skipped.
   * @example 2026-11-21T14:30
   */
  due_local?: string | undefined;
  /** Whether it wants a superior's eye. */
  is_escalated?: boolean | undefined;
}

export interface TaskPresets {
  items: {
    /** @example extra_towels */
    code: string;
    /** @example Bring extra towels */
    title: string;
    category:
      | "arrival"
      | "departure"
      | "housekeeping"
      | "maintenance"
      | "guest_request"
      | "transport"
      | "parking"
      | "payment"
      | "other";
    priority: "urgent" | "high" | "normal" | "low";
    /** Minutes from when the task is made, or the next time that the branch's clock shows `at`. */
    due:
      | {
          /** @example 30 */
          minutes: number;
        }
      | {
          /** @example 14:00 */
          at: string;
        }
      | null;
  }[];
  next_cursor: null;
}

export interface TaskWithBooking {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example BKK-01 */
  property_id: string;
  /** @example B-1042 */
  booking_id: string | null;
  /** @example BKK-01-204 */
  room_id: string | null;
  /**
   * The room within the booking.
   * @example B-1042-1
   */
  row_room_id: string | null;
  /** @example Extra towels */
  title: string;
  /** @example Two bath towels, after 16:00. */
  details: string;
  /** What was done, or why it was cancelled. */
  resolution: string | null;
  category:
    | "arrival"
    | "departure"
    | "housekeeping"
    | "maintenance"
    | "guest_request"
    | "transport"
    | "parking"
    | "payment"
    | "other";
  priority: "urgent" | "high" | "normal" | "low";
  /**
   * The preset it was made from.
   * @example extra_towels
   */
  preset: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  due_at: string | null;
  /**
   * Since when it wants a superior's eye.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  escalated_at: string | null;
  /** One whose claim has lapsed is `open`. */
  state: "open" | "claimed" | "done" | "cancelled";
  /**
   * Whoever claims it, or did it.
   * @example 7
   */
  assignee_id: number | null;
  /**
   * When the claim lapses, unless a heartbeat comes first.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  lease_until: string | null;
  /**
   * Raised by each new claim. Whoever claims it says it with each heartbeat, release and completion.
   * @format int64
   * @example 1
   */
  fencing_token: number;
  /** @example N-204 */
  notification_id: string | null;
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  guest_request_id: string | null;
  /** @example 7 */
  created_by: number | null;
  /**
   * When it was done or cancelled.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  closed_at: string | null;
  /**
   * Since when core has no such booking, or a cancelled one.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  orphaned_at: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
  booking: GuestContext;
}

export interface TasksOfHour {
  /**
   * When the hour begins, on the branch's clocks at midnight plus hours.
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  starts_at: string;
  /**
   * Tasks that were made.
   * @example 3
   */
  created: number;
  /**
   * Tasks that were done.
   * @example 3
   */
  completed: number;
}

export interface User {
  /** @example 7 */
  id: number;
  /**
   * The primary address, if Clerk has verified it. Null until Clerk tells us.
   * @example agent.dev@bestays.app
   */
  email: string | null;
  /**
   * What they chose to be called; never copied from Clerk.
   * @example Somchai
   */
  display_name: string | null;
  role: "user" | "agent" | "admin";
  /** Somebody who is not gets 403 everywhere. */
  is_active: boolean;
  /**
   * The branches an agent works for.
   * @example ["BKK-01"]
   */
  property_ids: string[];
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
}

export interface UserPage {
  items: User[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

/** The closed list of what the API answers when it does not do what was asked. */
export type ErrorCode = Problem["code"];

/** @internal What of the routes has to be known at run time. */
export const operations: Readonly<Record<keyof Client, Operation>> = {
  listAmenities: { method: "GET", path: "/api/v1/amenities" },
  listAuditLogs: { method: "GET", path: "/api/v1/audit-logs", paged: true },
  getConfig: { method: "GET", path: "/api/v1/config", bare: true },
  listFrontDeskBookings: { method: "GET", path: "/api/v1/front-desk/bookings", paged: true },
  getFrontDeskBooking: { method: "GET", path: "/api/v1/front-desk/bookings/{booking_id}" },
  listGuestLinks: { method: "GET", path: "/api/v1/front-desk/bookings/{booking_id}/guest-links" },
  createGuestLink: { method: "POST", path: "/api/v1/front-desk/bookings/{booking_id}/guest-links", once: true },
  listBranches: { method: "GET", path: "/api/v1/front-desk/branches", bare: true },
  listAvailability: { method: "GET", path: "/api/v1/front-desk/branches/{property_id}/availability" },
  listRooms: { method: "GET", path: "/api/v1/front-desk/branches/{property_id}/rooms" },
  streamFrontDeskEvents: { method: "GET", path: "/api/v1/front-desk/events", events: "only" },
  revokeGuestLink: { method: "DELETE", path: "/api/v1/front-desk/guest-links/{id}" },
  listGuestRequests: { method: "GET", path: "/api/v1/front-desk/guest-requests", paged: true },
  createGuestRequest: { method: "POST", path: "/api/v1/front-desk/guest-requests", once: true },
  getGuestRequest: { method: "GET", path: "/api/v1/front-desk/guest-requests/{id}" },
  updateGuestRequest: { method: "PATCH", path: "/api/v1/front-desk/guest-requests/{id}" },
  listNotifications: { method: "GET", path: "/api/v1/front-desk/notifications", paged: true },
  acknowledgeNotification: { method: "PUT", path: "/api/v1/front-desk/notifications/{id}/receipt" },
  getParkingAvailability: { method: "GET", path: "/api/v1/front-desk/parking/availability" },
  lookUpParkingPlate: { method: "POST", path: "/api/v1/front-desk/parking/plate-lookups" },
  listParkingReservations: { method: "GET", path: "/api/v1/front-desk/parking/reservations", paged: true },
  createParkingReservation: { method: "POST", path: "/api/v1/front-desk/parking/reservations", once: true },
  getParkingReservation: { method: "GET", path: "/api/v1/front-desk/parking/reservations/{id}" },
  cancelParkingReservation: { method: "DELETE", path: "/api/v1/front-desk/parking/reservations/{id}" },
  arriveAtParking: { method: "PUT", path: "/api/v1/front-desk/parking/reservations/{id}/arrival" },
  departFromParking: { method: "PUT", path: "/api/v1/front-desk/parking/reservations/{id}/departure" },
  listParkingSpaces: { method: "GET", path: "/api/v1/front-desk/parking/spaces", paged: true },
  createParkingSpace: { method: "POST", path: "/api/v1/front-desk/parking/spaces", once: true },
  getParkingSpace: { method: "GET", path: "/api/v1/front-desk/parking/spaces/{id}" },
  updateParkingSpace: { method: "PATCH", path: "/api/v1/front-desk/parking/spaces/{id}" },
  getFrontDeskSummary: { method: "GET", path: "/api/v1/front-desk/summary" },
  claimNextTask: { method: "POST", path: "/api/v1/front-desk/task-claims", once: true },
  listTaskPresets: { method: "GET", path: "/api/v1/front-desk/task-presets" },
  listTasks: { method: "GET", path: "/api/v1/front-desk/tasks", paged: true },
  createTask: { method: "POST", path: "/api/v1/front-desk/tasks", once: true },
  getTask: { method: "GET", path: "/api/v1/front-desk/tasks/{id}" },
  updateTask: { method: "PATCH", path: "/api/v1/front-desk/tasks/{id}" },
  cancelTask: { method: "PUT", path: "/api/v1/front-desk/tasks/{id}/cancellation" },
  claimTask: { method: "PUT", path: "/api/v1/front-desk/tasks/{id}/claim" },
  releaseTask: { method: "DELETE", path: "/api/v1/front-desk/tasks/{id}/claim" },
  completeTask: { method: "PUT", path: "/api/v1/front-desk/tasks/{id}/completion" },
  listTaskHistory: { method: "GET", path: "/api/v1/front-desk/tasks/{id}/history", paged: true },
  getOwnBooking: { method: "GET", path: "/api/v1/guest/booking", bare: true },
  getOwnParkingAvailability: { method: "GET", path: "/api/v1/guest/parking/availability" },
  listOwnParkingReservations: { method: "GET", path: "/api/v1/guest/parking/reservations", paged: true },
  createOwnParkingReservation: { method: "POST", path: "/api/v1/guest/parking/reservations", once: true },
  cancelOwnParkingReservation: { method: "DELETE", path: "/api/v1/guest/parking/reservations/{id}" },
  listOwnRequests: { method: "GET", path: "/api/v1/guest/requests", paged: true },
  createOwnRequest: { method: "POST", path: "/api/v1/guest/requests", once: true },
  withdrawOwnRequest: { method: "DELETE", path: "/api/v1/guest/requests/{id}" },
  listPolicies: { method: "GET", path: "/api/v1/policies" },
  listProperties: { method: "GET", path: "/api/v1/properties", paged: true },
  createProperty: { method: "POST", path: "/api/v1/properties", once: true },
  getProperty: { method: "GET", path: "/api/v1/properties/{id}" },
  updateProperty: { method: "PATCH", path: "/api/v1/properties/{id}" },
  deleteProperty: { method: "DELETE", path: "/api/v1/properties/{id}" },
  publishProperty: { method: "PUT", path: "/api/v1/properties/{id}/publication" },
  unpublishProperty: { method: "DELETE", path: "/api/v1/properties/{id}/publication" },
  translateProperty: { method: "PUT", path: "/api/v1/properties/{id}/translations/{locale}" },
  deletePropertyTranslation: { method: "DELETE", path: "/api/v1/properties/{id}/translations/{locale}" },
  listUsers: { method: "GET", path: "/api/v1/users", paged: true },
  getMe: { method: "GET", path: "/api/v1/users/me", bare: true },
  updateMe: { method: "PATCH", path: "/api/v1/users/me" },
  getUser: { method: "GET", path: "/api/v1/users/{id}" },
  updateUser: { method: "PATCH", path: "/api/v1/users/{id}" },
};
