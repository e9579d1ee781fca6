using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>Where an API instance takes its frames: implemented by the relay. Neither method blocks or throws.</summary>
public interface IDeltaSink
{
    /// <summary>Takes a frame; the same may come twice, or one be missing after the link was lost.</summary>
    void Accept(DeltaFrame frame);

    /// <summary>The link was lost and is back: frames may be missing, so ask the workers to send again.</summary>
    void LinkRestored();
}
