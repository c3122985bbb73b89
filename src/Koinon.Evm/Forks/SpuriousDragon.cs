namespace Koinon.Evm.Forks;

/// <summary>November 2016: EIP-155, EIP-160, EIP-161, EIP-170.</summary>
internal static class SpuriousDragon
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "EIP158",
        Gas = parent.Gas with { ExponentByte = 50 },
        EmptyAccounts = EmptyAccountRule.Removed,
        ContractNonce = 1,
        CodeSizeMax = 24_576,
        AllowsReplayProtection = true,
    };
}
