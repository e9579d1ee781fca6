using LocalAI.Pipeline.Driving;
using LocalAI.Pipeline.TextFigures;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    await Figures.RunAsync(new BenchArguments(args), Console.Out, stop.Token);
    return 0;
}
catch (Exception exception) when (exception is BenchException or HttpRequestException or IOException)
{
    await Console.Error.WriteLineAsync($"TextFigures: {exception.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
