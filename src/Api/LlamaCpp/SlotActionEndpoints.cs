using System.Diagnostics;
using System.Globalization;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>
/// <c>POST /slots/{id}?action=save|restore|erase</c>: what a slot of the worker that takes the request holds of the caller's. Files are in
/// the folder that the model's options name (<c>slot_save_path</c>), and nowhere without one.
/// </summary>
internal static class SlotActionEndpoints
{
    private const int MostSlots = 256;
    private const int LongestName = 128;

    public static void MapSlotActions(this IEndpointRouteBuilder routes) => routes.MapPost("/slots/{id}", Change);

    public static async Task Change(HttpContext context, string id, string? action, string? model, ModelResolver models, TextRequests requests, IOptions<RequestOptions> limits)
    {
        var wanted = Read(action);
        var definition = models.Text(model);
        var request = new ChangeSlot
        {
            JobId = Guid.NewGuid(),
            Model = definition.Name,
            Owner = context.Owner(),
            RequestId = context.RequestId(),
            Slot = ReadSlot(id),
            Action = wanted,
            FileName = wanted == SlotAction.Erase ? null : await ReadNameAsync(context, limits.Value),
        };
        var began = Stopwatch.GetTimestamp();
        var changed = await requests.AskAsync<ChangeSlot, SlotChanged>(definition.Name, request, context.RequestAborted);
        await WriteAsync(context.Response, request, changed, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private static SlotAction Read(string? action) => action switch
    {
        "save" => SlotAction.Save,
        "restore" => SlotAction.Restore,
        "erase" => SlotAction.Erase,
        _ => throw RequestErrors.WrongValue("action", "must be save, restore or erase."),
    };

    private static int ReadSlot(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var slot) && slot < MostSlots
            ? slot
            : throw RequestErrors.WrongValue("id", $"must be the number of a slot, but is '{Shown.Short(id)}'.");

    private static async Task<string> ReadNameAsync(HttpContext context, RequestOptions limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits, context.RequestAborted);
        var fields = new FieldReader(body.Root);
        var name = fields.RequiredText("filename", LongestName);
        fields.RefuseOthers();
        return name;
    }

    private static Task WriteAsync(HttpResponse response, ChangeSlot request, SlotChanged changed, double milliseconds) => JsonResponse.WriteAsync(response, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("id_slot"u8, request.Slot);
        if (request.Action == SlotAction.Erase)
        {
            json.WriteNumber("n_erased"u8, changed.Tokens);
            json.WriteEndObject();
            return;
        }

        var isSave = request.Action == SlotAction.Save;
        json.WriteString("filename"u8, request.FileName);
        json.WriteNumber(isSave ? "n_saved"u8 : "n_restored"u8, changed.Tokens);
        json.WriteNumber(isSave ? "n_written"u8 : "n_read"u8, changed.Bytes);
        json.WriteStartObject("timings"u8);
        json.WriteNumber(isSave ? "save_ms"u8 : "restore_ms"u8, milliseconds);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
