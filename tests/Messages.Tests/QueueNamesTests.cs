namespace LocalAI.Pipeline.Messages.Tests;

public sealed class QueueNamesTests
{
    [Theory]
    [InlineData("tiny-chat", Lane.Interactive, "text.tiny-chat.interactive")]
    [InlineData("tiny-chat", Lane.Batch, "text.tiny-chat.batch")]
    [InlineData("llama-3.2", Lane.Interactive, "text.llama-3:2e2.interactive")]
    [InlineData("a/b", Lane.Batch, "text.a:2fb.batch")]
    public void Text_AModelAndALane_IsAPlainName(string model, Lane lane, string expected) =>
        Assert.Equal(expected, QueueNames.Text(model, lane));

    [Fact]
    public void Text_DifferentModels_NeverShareAQueue()
    {
        string[] models = ["a.b", "a:2eb", "a:b", "a b", "a%b", "ä", "a", "A", "a.interactive", ""];

        Assert.Equal(models.Length, models.Select(m => QueueNames.Text(m, Lane.Batch)).Distinct(StringComparer.Ordinal).Count());
    }
}
