namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>
/// Counts the work of one compilation. A count and no clock, so that a schema is refused on every machine or on none.
/// </summary>
internal sealed class WorkBudget(long most)
{
    private long _spent;

    /// <exception cref="JsonSchemaException">Too much was spent; the path says by what.</exception>
    public void Spend(long steps, string path, string keyword = "")
    {
        _spent += steps;
        if (_spent > most)
            throw new JsonSchemaException(path, keyword, "The schema takes too long to compile: simplify it, above all its patterns and combinations.");
    }
}
