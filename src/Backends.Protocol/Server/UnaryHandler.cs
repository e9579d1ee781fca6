using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Server;

internal sealed class UnaryHandler<TRequest, TResponse>(
    BackendMethod<TRequest, TResponse> method, Func<BackendService, TRequest, BackendCallContext, Task<TResponse>> answer) : CallHandler(method.Path)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    public override async Task AnswerAsync(IncomingCall call, BackendService service)
    {
        var request = await call.ReadAsync(method.RequestParser);
        call.Write(await answer(service, request, call.Context));
    }
}
