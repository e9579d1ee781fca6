using System.Text.Json;
using LocalAI.Pipeline.Messages.Workers;

namespace LocalAI.Pipeline.Api.LlamaCpp.Writing;

/// <summary>
/// The body of <c>GET /slots</c>, from the workers' heartbeats: as many as a model has on all workers, of which so many are busy.
/// They are numbered here; an engine's own numbers mean nothing outside it.
/// </summary>
internal static class SlotsJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<(string Worker, WorkerModelState State)> states)
    {
        var id = 0;
        json.WriteStartArray();
        foreach (var (worker, state) in states)
        {
            for (var slot = 0; slot < state.Slots; slot++)
            {
                json.WriteStartObject();
                json.WriteNumber("id"u8, id++);
                json.WriteString("model"u8, state.Name);
                json.WriteString("worker"u8, worker);
                json.WriteBoolean("speculative"u8, false);
                json.WriteBoolean("is_processing"u8, slot < state.SlotsBusy);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
