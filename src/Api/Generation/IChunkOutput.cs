using System.Text.Json;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>Where chunks go: frames of server-sent events, or items of a hub's stream.</summary>
internal interface IChunkOutput
{
    /// <summary>Begins a chunk.</summary>
    Utf8JsonWriter Begin();

    /// <summary>Ends it.</summary>
    void End();
}
