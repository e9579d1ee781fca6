namespace LocalAI.Pipeline.Backends.Protocol.Server;

/// <summary>Answers the calls to one path.</summary>
internal abstract class CallHandler(string path)
{
    public string Path { get; } = path;

    /// <summary>Reads the request, lets the service answer, and writes its messages; the status is the caller's part.</summary>
    public abstract Task AnswerAsync(IncomingCall call, BackendService service);
}
