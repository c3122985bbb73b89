namespace Koinon.Evm.Frames;

/// <summary>How a frame came to be.</summary>
public enum FrameKind : byte
{
    /// <summary>CALL, or a transaction to an account.</summary>
    Call,

    /// <summary>CALLCODE: another's code on the caller's own state.</summary>
    CallCode,

    /// <summary>DELEGATECALL: the same, with the caller's own caller and value.</summary>
    DelegateCall,

    /// <summary>STATICCALL: without effects.</summary>
    StaticCall,

    /// <summary>CREATE, or a transaction that creates a contract.</summary>
    Create,

    /// <summary>CREATE2: at an address that depends on the code.</summary>
    Create2,
}
