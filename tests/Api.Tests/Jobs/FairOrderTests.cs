using FsCheck;
using FsCheck.Fluent;
using LocalAI.Pipeline.Api.Jobs;

namespace LocalAI.Pipeline.Api.Tests.Jobs;

public sealed class FairOrderTests
{
    private readonly FairOrder<string> _order = new();

    [Fact]
    public void Take_OneKey_FirstCameFirst()
    {
        Add("a", 1, "a1", "a2", "a3");

        Assert.Equal(["a1", "a2", "a3"], TakeAll());
    }

    [Fact]
    public void Take_SeveralKeys_EachInTurn()
    {
        Add("a", 1, "a1", "a2", "a3");
        Add("b", 1, "b1", "b2", "b3");

        Assert.Equal(["a1", "b1", "a2", "b2", "a3", "b3"], TakeAll());
    }

    [Fact]
    public void Take_KeyThatComesLate_WaitsForOneTurnOnly()
    {
        Add("a", 1, "a1", "a2", "a3", "a4", "a5", "a6");
        _ = Take(3);

        Add("b", 1, "b1");

        Assert.Contains("b1", Take(2));
    }

    [Fact]
    public void Take_KeyThatWasAway_CannotSaveUpTurns()
    {
        Add("a", 1, [.. Enumerable.Range(0, 20).Select(i => $"a{i}")]);
        Add("b", 1, "b1");
        _ = Take(12);

        Add("b", 1, "b2", "b3", "b4", "b5");

        Assert.Equal(2, Take(4).Count(item => item[0] == 'b'));
    }

    [Fact]
    public void Take_FirstOfAKeyMayNotGo_OthersPassAndItKeepsItsTurn()
    {
        Add("a", 1, "a1");
        Add("b", 1, "b1", "b2");

        Assert.True(_order.TryTake(item => item != "a1", out var first));
        Assert.True(_order.TryTake(_ => true, out var second));

        Assert.Equal(("b1", "a1"), (first, second));
    }

    [Fact]
    public void Remove_LastOfItsKey_KeyIsForgotten()
    {
        var node = _order.Add("a", 1, "a1");
        Add("b", 1, "b1");

        _order.Remove("a", node);

        Assert.Equal(["b1"], TakeAll());
        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public void Take_AnyWeights_SharesFollowThem()
    {
        var weights = Gen.Choose(1, 8).ArrayOf(4).ToArbitrary();
        Prop.ForAll(weights, w =>
        {
            var order = new FairOrder<int>();
            for (var key = 0; key < w.Length; key++)
            {
                for (var i = 0; i < 400; i++)
                {
                    order.Add($"k{key}", w[key], key);
                }
            }

            var taken = new int[w.Length];
            const int Turns = 200;
            for (var i = 0; i < Turns; i++)
            {
                Assert.True(order.TryTake(_ => true, out var key));
                taken[key]++;
            }

            // Each is within one turn of its share at every moment.
            return w.Select((weight, key) => Math.Abs(taken[key] - ((double)Turns * weight / w.Sum()))).All(off => off <= w.Length);
        }).QuickCheckThrowOnFailure();
    }

    private void Add(string key, int weight, params string[] items)
    {
        foreach (var item in items)
        {
            _order.Add(key, weight, item);
        }
    }

    private List<string> TakeAll() => Take(_order.Count);

    private List<string> Take(int count)
    {
        var taken = new List<string>();
        for (var i = 0; i < count; i++)
        {
            Assert.True(_order.TryTake(_ => true, out var item));
            taken.Add(item);
        }

        return taken;
    }
}
