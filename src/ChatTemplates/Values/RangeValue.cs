namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's range; its length is bounded when it is made.</summary>
internal sealed record RangeValue(long Start, long Stop, long Step)
{
    public int Count
    {
        get
        {
            if (Step > 0 ? Start >= Stop : Start <= Stop) return 0;
            Int128 span = Step > 0 ? (Int128)Stop - Start : (Int128)Start - Stop;
            Int128 step = Int128.Abs(Step);
            return (int)Int128.Min((span + step - 1) / step, int.MaxValue);
        }
    }

    public object At(int index) => Box.Of(Start + index * Step);
}
