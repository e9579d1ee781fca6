using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Testing;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Tests.Persistence;

/// <summary>What a database says of its own tables, columns, keys and indexes, one line each.</summary>
internal static class Schema
{
    private const string Sqlite = """
        SELECT 'table ' || m.name || ' column ' || c.name || ' ' || c.type || ' notnull ' || c."notnull" || ' default ' || coalesce(c.dflt_value, '-') || ' key ' || c.pk AS "Value"
        FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '\_\_EF%' ESCAPE '\'
        UNION ALL
        SELECT 'index ' || m.name || ' ' || l.name || ' unique ' || l."unique" || ' partial ' || l.partial || ' ' || i.seqno || ' ' || coalesce(i.name, '-')
        FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_info(l.name) i WHERE m.type = 'table' AND m.name NOT LIKE '\_\_EF%' ESCAPE '\'
        UNION ALL
        SELECT 'reference ' || m.name || ' ' || f."from" || ' ' || f."table" || ' ' || coalesce(f."to", '-') || ' ' || f.on_delete
        FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
        """;

    private const string Postgres = """
        SELECT 'table ' || table_name || ' column ' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '-') || ' null ' || is_nullable || ' default ' || coalesce(column_default, '-') || ' ' || is_identity AS "Value"
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%'
        UNION ALL
        SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_EF%'
        UNION ALL
        SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE '%\_\_EF%'
        """;

    public static async Task<IReadOnlyList<string>> ReadAsync(PipelineDatabase database)
    {
        var lines = await database.Database.SqlQueryRaw<string>(database.Database.IsNpgsql() ? Postgres : Sqlite).ToListAsync(TestTimeout.Token);
        Assert.NotEmpty(lines);
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
