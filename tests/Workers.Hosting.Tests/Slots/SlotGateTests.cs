using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Workers.Hosting.Slots;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Slots;

public sealed class SlotGateTests
{
    [Fact]
    public void Enter_WhileSlotsAreFree_IsAtOnce()
    {
        var gate = new SlotGate(2, reserve: 0);

        Assert.True(gate.EnterAsync(Lane.Interactive, default).IsCompletedSuccessfully);
        Assert.True(gate.EnterAsync(Lane.Interactive, default).IsCompletedSuccessfully);
        Assert.False(gate.EnterAsync(Lane.Interactive, default).IsCompleted);
        Assert.Equal(2, gate.Busy);
    }

    [Fact]
    public async Task Leave_WithBothLanesWaiting_AdmitsInteractiveWorkFirst()
    {
        var gate = new SlotGate(1, reserve: 0);
        await gate.EnterAsync(Lane.Interactive, default);
        var batch = gate.EnterAsync(Lane.Batch, default);
        var interactive = gate.EnterAsync(Lane.Interactive, default);

        gate.Leave();
        await interactive;

        Assert.False(batch.IsCompleted);
        gate.Leave();
        await batch;
    }

    [Fact]
    public void Enter_BatchWork_LeavesTheReserveFree()
    {
        var gate = new SlotGate(3, reserve: 1);

        Assert.True(gate.EnterAsync(Lane.Batch, default).IsCompleted);
        Assert.True(gate.EnterAsync(Lane.Batch, default).IsCompleted);
        Assert.False(gate.EnterAsync(Lane.Batch, default).IsCompleted);
        Assert.True(gate.EnterAsync(Lane.Interactive, default).IsCompleted);
    }

    [Fact]
    public async Task Enter_CancelledWhileWaiting_TakesNoSlot()
    {
        var gate = new SlotGate(1, reserve: 0);
        await gate.EnterAsync(Lane.Interactive, default);
        using var cancel = new CancellationTokenSource();
        var waiting = gate.EnterAsync(Lane.Interactive, cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Leave();

        Assert.Equal(0, gate.Busy);
        Assert.True(gate.EnterAsync(Lane.Interactive, default).IsCompleted);
    }
}
