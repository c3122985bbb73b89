namespace Koinon.ArchitectureTests;

/// <summary>The table of floors (docs/architecture.md): where each room stands and what it may use.</summary>
internal static class Floors
{
    /// <summary>Each room's floor and what the table names for it; everything below those comes with them.</summary>
    private static readonly Dictionary<string, (int Floor, string[] MayUse)> Table = new()
    {
        ["Koinon.Crypto"] = (1, []),
        ["Koinon.Storage"] = (2, []),
        ["Koinon.Primitives"] = (2, ["Koinon.Crypto"]),
        ["Koinon.Keys"] = (3, ["Koinon.Primitives"]),
        ["Koinon.Abi"] = (3, ["Koinon.Primitives"]),
        ["Koinon.Evm"] = (3, ["Koinon.Primitives"]),
        ["Koinon.State"] = (3, ["Koinon.Storage", "Koinon.Primitives"]),
        ["Koinon.Chain"] = (4, ["Koinon.State", "Koinon.Evm", "Koinon.Storage"]),
        ["Koinon.Consensus"] = (5, ["Koinon.Chain"]),
        ["Koinon.Fixtures"] = (6, ["Koinon.Consensus", "Koinon.Abi", "Koinon.Keys"]),
        ["Koinon.Governance"] = (6, ["Koinon.Consensus", "Koinon.Abi"]),
        ["Koinon.Index"] = (6, ["Koinon.Consensus", "Koinon.Abi"]),
        ["Koinon.Network"] = (6, ["Koinon.Consensus"]),
        ["Koinon.Rpc"] = (6, ["Koinon.Consensus", "Koinon.Abi", "Koinon.Keys"]),
        ["Koinon.Node"] = (7, ["Koinon.Rpc", "Koinon.Network", "Koinon.Index", "Koinon.Governance", "Koinon.Fixtures"]),
        ["Koinon.Testing"] = (8, ["Koinon.Node"]),
        ["Koinon.Studio"] = (8, ["Koinon.Node"]),
        ["Koinon.Cli"] = (9, ["Koinon.Testing", "Koinon.Studio"]),
    };

    /// <summary>The highest floor that stands on the shared framework alone.</summary>
    public const int HighestCoreFloor = 5;

    /// <summary>Whether the table has the room.</summary>
    public static bool Has(string project) => Table.ContainsKey(project);

    /// <summary>The floor a room stands on.</summary>
    public static int Of(string project) => Table[project].Floor;

    /// <summary>Everything a room may use: what the table names for it, and everything below that.</summary>
    public static IReadOnlySet<string> MayUse(string project)
    {
        HashSet<string> allowed = [];
        Stack<string> open = new(Table[project].MayUse);
        while (open.TryPop(out string? next))
        {
            if (allowed.Add(next))
            {
                foreach (string below in Table[next].MayUse)
                {
                    open.Push(below);
                }
            }
        }

        return allowed;
    }

    /// <summary>The sentence a forbidden arrow gets.</summary>
    public static string Sentence(string user, string used) =>
        $"{user} (floor {Of(user)}) may not use {used} ({(Has(used) ? $"floor {Of(used)}" : "on no floor")})";
}
