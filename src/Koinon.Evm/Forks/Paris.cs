namespace Koinon.Evm.Forks;

/// <summary>September 2022, the merge: EIP-3675, EIP-4399.</summary>
internal static class Paris
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Paris",
        HasPrevRandao = true,
    };
}
