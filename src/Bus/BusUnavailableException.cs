namespace LocalAI.Pipeline.Bus;

/// <summary>The broker cannot be reached, or did not confirm in time. Nothing is known about the message.</summary>
public sealed class BusUnavailableException : Exception
{
    /// <summary>Creates it with what was tried, where, and what to do next.</summary>
    public BusUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
