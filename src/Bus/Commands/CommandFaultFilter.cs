using System.Runtime.ExceptionServices;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;

namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>
/// What becomes of a message whose consumer threw. Unreadable: it goes on to the error queue, since no worker will ever
/// read it. A request: its sender was told already, so it is done. Anything else was a command, and its outcome was not
/// handed on: it goes back to its queue, to be delivered again as redelivered.
/// </summary>
internal sealed class CommandFaultFilter : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (context.Exception is SerializationException or JsonException)
        {
            await next.Send(context);
            return;
        }

        if (context.TryGetPayload(out ConsumeContext? consumed) && consumed.RequestId is not null)
        {
            return;
        }

        if (!context.IsFaulted)
        {
            await context.NotifyFaulted(context.Exception);
        }

        ExceptionDispatchInfo.Throw(context.Exception);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("commandFault");
}
