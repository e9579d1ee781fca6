using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Text.Calls;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Slots;

/// <summary>Saves, restores or erases what a slot of the engine here holds.</summary>
internal sealed class ChangeSlotConsumer(RequestAnswers answers) : IConsumer<ChangeSlot>
{
    public Task Consume(ConsumeContext<ChangeSlot> context)
    {
        var request = context.Message;
        return answers.AnswerAsync(context, request.JobId, request.Model, async (lease, _) =>
        {
            var state = await lease.Client.ChangeSlotAsync(Map(request), context.CancellationToken);
            return new SlotChanged { Tokens = state.Tokens, Bytes = state.Bytes };
        });
    }

    private static SlotChange Map(ChangeSlot request) => new()
    {
        Action = request.Action switch
        {
            SlotAction.Save => SlotChange.Types.Action.Save,
            SlotAction.Restore => SlotChange.Types.Action.Restore,
            _ => SlotChange.Types.Action.Erase,
        },
        Slot = request.Slot,
        FileName = request.FileName ?? "",
        Owner = request.Owner,
    };
}
