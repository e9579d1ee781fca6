namespace LocalAI.Pipeline.Scenarios;

/// <summary>How long any one scenario may take on a machine that is busy with something else.</summary>
internal static class Patience
{
    public static CancellationToken Token()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(TimeSpan.FromMinutes(3));
        return source.Token;
    }
}
