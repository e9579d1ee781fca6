using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>Turns deltas into an API's chunks: the same deltas always give the same chunks.</summary>
internal interface IDeltaProjection
{
    /// <summary>Writes the chunks of one delta that is no failure.</summary>
    void Write(in JobDelta item);

    /// <summary>Writes what follows the last choice.</summary>
    void WriteEnd();
}
