using LocalAI.Pipeline.Backends.Llama.Reranking;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Reranking;

public sealed class RerankTemplateTests
{
    [Theory]
    [InlineData("Q:{query} D:{document}", "Q:q D:d")]
    [InlineData("{document}{query}{document}", "dqd")]
    [InlineData("{queries} {", "{queries} {")]
    [InlineData("", "")]
    public void Render_Placeholders_AreFilled(string template, string expected) => Assert.Equal(expected, RerankTemplate.Render(template, "q", "d"));

    [Fact]
    public void Render_PlaceholderInAText_StaysText() => Assert.Equal("{document}|{query}", RerankTemplate.Render("{query}|{document}", "{document}", "{query}"));
}
