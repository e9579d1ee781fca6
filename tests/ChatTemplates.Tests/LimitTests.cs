namespace LocalAI.Pipeline.ChatTemplates.Tests;

public sealed class LimitTests
{
    private static readonly ChatTemplateLimits Small = new() { MaxSteps = 50_000, MaxStringLength = 10_000, MaxListLength = 5_000, MaxOutputLength = 20_000 };

    [Theory]
    [InlineData("{{ 'a' * 10 ** 9 }}", "string")]
    [InlineData("{{ [0] * 10 ** 9 }}", "list")]
    [InlineData("{{ 'a' * 9223372036854775807 }}", "string")]
    [InlineData("{{ (1,) * 9223372036854775807 }}", "list")]
    [InlineData("{{ range(1000000) }}", "range")]
    [InlineData("{{ range(-9223372036854775807, 9223372036854775807) }}", "range")]
    [InlineData("{% for i in range(3000) %}{% for j in range(3000) %}{% endfor %}{% endfor %}", "steps")]
    [InlineData("{% set ns = namespace(s='x') %}{% for i in range(90) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}", "string")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(90) %}{% set ns.l = ns.l + ns.l %}{% endfor %}", "list")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}", "steps|string")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l | tojson | length }}", "steps|string")]
    [InlineData("{% set ns = namespace(l=(1,)) %}{% for i in range(60) %}{% set ns.l = (ns.l, ns.l) %}{% endfor %}{{ {ns.l: 1} }}", "steps")]
    [InlineData("{% set ns = namespace(l=[1], m=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% set ns.m = [ns.m, ns.m] %}{% endfor %}{{ ns.l == ns.m }}", "steps")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(2000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}", "deeper")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(2000) %}{% set ns.l = ns.l | map('string') %}{% endfor %}{{ ns.l | list }}", "deeper")]
    [InlineData("{% set l = [] %}{% set _ = l.append(l) %}{{ l }}", "deeper")]
    [InlineData("{% set l = [] %}{% set _ = l.append(l) %}{{ l == l }}{{ l | tojson }}", "deeper")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "deeper")]
    [InlineData("{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{% for i in [1] %}{% if true %}{{ a() }}{% endif %}{% endfor %}{% endmacro %}{{ a() }}", "deeper")]
    [InlineData("{% macro m() %}{{ caller() }}{% endmacro %}{% macro r() %}{% call m() %}{{ r() }}{% endcall %}{% endmacro %}{{ r() }}", "deeper")]
    [InlineData("{% for x in [[1]] recursive %}{{ loop([x]) }}{% endfor %}", "deeper")]
    [InlineData("{% set l = [1, 2] %}{% set m = l | map('string') %}{{ m | first }}{% set _ = l.append(1) %}{{ m | list }}", "modified")]
    [InlineData("{% for i in range(3000) %}0123456789{% endfor %}", "rendered text")]
    [InlineData("{{ '%999999999d' % 5 }}", "string")]
    [InlineData("{{ '%.999999999f' % 5 }}", "precision")]
    [InlineData("{{ '{:999999999}'.format(5) }}", "string")]
    [InlineData("{{ 'a'.center(999999999) }}{{ 'a'.zfill(999999999) }}", "string")]
    [InlineData("{{ 'a' | indent(999999999, true) }}", "string")]
    [InlineData("{{ [[[]]] | tojson(indent=999999999) }}", "string")]
    [InlineData("{{ ('ab' * 4000).replace('a', 'x' * 9000) }}", "string")]
    [InlineData("{{ ('a' * 5000).replace('', 'x' * 9000) }}", "string")]
    [InlineData("{{ (',' * 6000).split(',') }}", "list")]
    [InlineData("{{ ('a' * 9000) | list }}", "list")]
    [InlineData("{{ ['a' * 9000, 'b' * 9000] | join }}", "string")]
    [InlineData("{{ [1] | batch(999999999, 0) | list }}", "list")]
    [InlineData("{{ 9223372036854775807 + 1 }}", "64 bits")]
    [InlineData("{{ -9223372036854775807 - 2 }}", "64 bits")]
    [InlineData("{{ 9223372036854775807 * 2 }}", "64 bits")]
    [InlineData("{{ 10 ** 20 }}", "64 bits")]
    [InlineData("{{ 2 ** 99999999999 }}", "64 bits")]
    [InlineData("{{ 99999999999999999999 }}", "64 bits")]
    [InlineData("{{ (-9223372036854775807 - 1) // -1 }}", "64 bits")]
    [InlineData("{{ (-9223372036854775807 - 1) | abs }}", "64 bits")]
    [InlineData("{{ '99999999999999999999' | int }}", "64 bits")]
    public void Render_BeyondALimit_FailsWithAReason(string source, string reasons)
    {
        ChatTemplateException fault = Assert.Throws<ChatTemplateException>(() => Run(source, Small));
        Assert.Contains(reasons.Split('|'), reason => fault.Message.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{1: ", "}")]
    [InlineData("not ", "")]
    [InlineData("-", "")]
    [InlineData("x(", ")")]
    [InlineData("x[", "]")]
    [InlineData("1 if 1 else ", "")]
    public void Parse_NestedTooDeep_Fails(string open, string close)
    {
        string Nested(int depth) => "{{ " + string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth)) + " }}";

        Assert.Contains("deeper", Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(Nested(50_000))).Message, StringComparison.Ordinal);
        Assert.NotNull(ChatTemplate.Parse(Nested(20)));
    }

    [Fact]
    public void Parse_BlocksNestedTooDeep_Fails()
    {
        string source = string.Concat(Enumerable.Repeat("{% if 1 %}", 10_000)) + string.Concat(Enumerable.Repeat("{% endif %}", 10_000));
        Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(source));
    }

    [Theory]
    [InlineData(" + 1")]
    [InlineData(" or x")]
    [InlineData(".a")]
    [InlineData(" | upper")]
    public void Render_LongChain_FailsInsteadOfOverflowingTheStack(string link)
    {
        string source = "{{ x" + string.Concat(Enumerable.Repeat(link, 20_000)) + " }}";
        Assert.Throws<ChatTemplateException>(() => Run(source, ChatTemplateLimits.Default));
    }

    [Fact]
    public void Parse_LongerThanAllowed_Fails() =>
        Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(new string('x', 11), new ChatTemplateLimits { MaxSourceLength = 10 }));

    [Fact]
    public void Render_Cancelled_StopsWithinABoundedNumberOfSteps()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        ChatTemplate template = ChatTemplate.Parse("{% for i in range(100000) %}{{ i }}{% endfor %}");
        Assert.Throws<OperationCanceledException>(() => template.RenderVariables([], default, cancelled.Token));
    }

    [Fact]
    public void Render_DeepestAllowedRecursion_FitsASmallStack()
    {
        ChatTemplate template = ChatTemplate.Parse("{% macro m() %}{% for i in [1] %}{% if true %}{{ [m()] | map('upper') | list | join }}{% endif %}{% endfor %}{% endmacro %}{{ m() }}");
        Exception? seen = null;
        Thread thread = new(() => seen = Record.Exception(() => template.RenderVariables([], default, CancellationToken.None)), 1 << 20);
        thread.Start();
        Assert.True(thread.Join(TestTimeout.Duration));
        Assert.IsType<ChatTemplateException>(seen);
    }

    [Fact]
    public async Task Render_ManyThreadsAtOnce_GivesEachItsOwnText()
    {
        ChatTemplate template = ChatTemplate.Parse("{% set ns = namespace(n=0) %}{% for i in range(50) %}{% set ns.n = ns.n + k %}{% endfor %}{{ ns.n }}");
        string[] texts = await Task.WhenAll(Enumerable.Range(0, 16).Select(k => Task.Run(() => template.RenderVariables([new("k", Box.Of((long)k))], default, CancellationToken.None))));
        Assert.Equal(Enumerable.Range(0, 16).Select(k => $"{k * 50}"), texts);
    }

    private static string Run(string source, ChatTemplateLimits limits) =>
        ChatTemplate.Parse(source, limits).RenderVariables([], default, CancellationToken.None);
}
