namespace LocalAI.Pipeline.Backends.Protocol;

/// <summary>How long the calls that run now have waited for their next message. A call whose caller does not read is not silent.</summary>
/// <param name="Calls">Calls that run.</param>
/// <param name="Shortest">Of the call that brought something last: as long as the whole process has said nothing.</param>
/// <param name="Longest">Of the call that waits longest.</param>
public readonly record struct CallSilence(int Calls, TimeSpan Shortest, TimeSpan Longest);
