using Google.Protobuf;

namespace LocalAI.Pipeline.Backends.Protocol.Wire;

/// <summary>One call: its name and how its messages are read.</summary>
internal sealed record BackendMethod<TRequest, TResponse>(
    string Name, MessageParser<TRequest> RequestParser, MessageParser<TResponse> ResponseParser, string Service = BackendMethods.Service)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    public string Path { get; } = $"/{Service}/{Name}";
}
