namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>A stable merge sort whose comparisons are paid for by the comparer, as Python's sort is stable.</summary>
internal static class Sorting
{
    public static void Stable<T>(RenderState s, List<T> items, Comparison<T> compare)
    {
        s.ChargeItems(items.Count);
        T[] source = [.. items];
        T[] target = new T[source.Length];
        for (int width = 1; width < source.Length; width *= 2)
        {
            for (int start = 0; start < source.Length; start += 2 * width)
                Merge(s, source, target, start, width, compare);
            (source, target) = (target, source);
        }

        items.Clear();
        items.AddRange(source);
    }

    private static void Merge<T>(
        RenderState s, T[] source, T[] target, int start, int width, Comparison<T> compare)
    {
        int middle = Math.Min(start + width, source.Length);
        int end = Math.Min(start + 2 * width, source.Length);
        int left = start, right = middle;
        for (int i = start; i < end; i++)
        {
            bool takeLeft = left < middle;
            if (takeLeft && right < end)
            {
                s.Charge(1);
                takeLeft = compare(source[left], source[right]) <= 0;
            }

            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }
}
