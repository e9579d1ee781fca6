using System.Text.Json;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>Where a response's events go.</summary>
internal interface IEventOutput
{
    /// <summary>Begins an event and returns the writer of its JSON; null where this one is not wanted.</summary>
    Utf8JsonWriter? Begin(ReadOnlySpan<byte> type, long sequence);

    /// <summary>Ends the event that was begun.</summary>
    void End();
}
