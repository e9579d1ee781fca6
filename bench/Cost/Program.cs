using LocalAI.Pipeline.Cost;
using LocalAI.Pipeline.Driving;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    await CostMeasurement.RunAsync(new BenchArguments(args), Console.Out, stop.Token);
    return 0;
}
catch (Exception exception) when (exception is BenchException or HttpRequestException)
{
    await Console.Error.WriteLineAsync($"Cost: {exception.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
