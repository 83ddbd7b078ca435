package handlers_test

// oddNames are documents with odd keys, paths and names.
var oddNames = []odd{
	{"aliases", `
		GET /posts?title?:Title,tags:Tags,limit:Count -> 200 Posts
		POST /posts Post -> 201 Post
		GET /posts/{id:Key} -> 200 Post
		PUT /posts/{id:Key} Post -> 200 Post
		PATCH /posts/{id:Key} PostPatch -> 200 Post
		DELETE /posts/{id:Key} -> 204
		GET /others?offset:Count,limit:Count -> 200 {posts:Posts,total:Count,offset?:Count}
		POST /others Other -> 201 Other
		GET /others/{key:Code} -> 200 Other
		PUT /others/{key:Code} Other -> 200 Other
		Key = uuid
		Code = string
		Title = <{"type":"string","maxLength":40}>
		Count = int
		When = time
		Score = number
		Flag = bool
		Tag = string
		Tags = [Tag]
		Labels = map(Title)
		Posts = [Post]
		Post = {id!:Key, title:Title, again?:Title, none:Title|null, count?:Count=3, tags:Tags, more?:Tags, labels:Labels, createdAt:When, updatedAt?:When, score?:Score=1.5, flag:Flag=true}
		PostPatch = {title?:string, again?:Title, none?:Title|null, count?:int, tags?:[string], more?:[Tag]|null, labels?:map(string), score?:number, flag?:Flag|null}
		Other = {key?:Code, title?:string, none?:string|null, count:int32, tags?:[string]|null, labels?:map(string)|null, createdAt?:When|null}
	`, true},
	{"enum-keys", `
		GET /regions -> 200 [Region]
		GET /regions/{region:RegionName} -> 200 Region
		PUT /regions/{region:RegionName} Region -> 200 Region / 201 Region
		DELETE /regions/{region:RegionName} -> 204
		GET /levels -> 200 [Level]
		POST /levels Level -> 201 Level
		GET /levels/{level:LevelNumber} -> 200 Level
		PUT /levels/{level:LevelNumber} LevelBody -> 200 Level
		GET /plans/{name} -> 200 Plan
		POST /plans Plan -> 201 Plan
		RegionName = enum(eu,us)
		LevelNumber = <{"type":"integer","enum":[1,2,3]}>
		Region = {region:RegionName, label?:string}
		Level = {level:LevelNumber, label?:string, kind:enum(a,b), other?:enum(a,b)="b"}
		LevelBody = {label?:string, kind?:enum(a,b), other?:enum(a,b)}
		Plan = {name:enum(free,paid), level:LevelNumber=2, size?:LevelNumber}
	`, true},
	{"number-keys", `
		GET /small -> 200 [Small]
		POST /small Small -> 201 Small
		GET /small/{id:int32} -> 200 Small
		PUT /small/{id:int32} Small -> 200 Small
		GET /mixed -> 200 [Mixed]
		POST /mixed MixedBody -> 201 Mixed
		GET /mixed/{id} -> 200 Mixed
		PATCH /mixed/{id} MixedBody -> 200 Mixed
		DELETE /mixed/{id} -> 204
		GET /crossed -> 200 [Crossed]
		POST /crossed MixedBody -> 201 Crossed
		GET /crossed/{id:int} -> 200 Crossed
		PATCH /crossed/{id:int} MixedBody -> 200 Crossed
		GET /floats -> 200 [Float]
		POST /floats MixedBody -> 201 Float
		GET /floats/{id:number} -> 200 Float
		GET /unkeyed -> 200 [Unkeyed]
		POST /unkeyed Unkeyed -> 201 Unkeyed
		GET /unkeyed/{unkeyedId:int64} -> 200 Unkeyed
		Small = {id!:int32, title, created:int32, rank?:int32}
		Mixed = {id:int, title?:string}
		MixedBody = {title?:string}
		Crossed = {id:string, title?:string}
		Float = {id:number, title?:string}
		Unkeyed = {title?:string}
	`, true},
	{"uuid-keys", `
		GET /plain -> 200 [Plain]
		POST /plain Body -> 201 Plain
		GET /plain/{id} -> 200 Plain
		GET /typed -> 200 [Typed]
		POST /typed Body -> 201 Typed
		GET /typed/{id:uuid} -> 200 Typed
		PUT /typed/{id:uuid} Typed -> 200 Typed
		GET /loose -> 200 [Loose]
		POST /loose Body -> 201 Loose
		GET /loose/{id:uuid} -> 200 Loose
		GET /own -> 200 [Own]
		POST /own Own -> 201 Own
		GET /own/{uuid} -> 200 Own
		Body = {title}
		Plain = {id:uuid, title}
		Typed = {id?:uuid, title}
		Loose = {id, title}
		Own = {uuid:uuid, title}
	`, true},
	{"three-deep", `
		GET /orgs -> 200 [Org]
		POST /orgs OrgBody -> 201 Org
		GET /orgs/{id:int} -> 200 Org
		DELETE /orgs/{id:int} -> 204
		GET /orgs/{org:int}/teams -> 200 [Team]
		POST /orgs/{orgId:int}/teams TeamBody -> 201 Team
		GET /orgs/{organisation:int}/teams/{name} -> 200 Team
		PATCH /orgs/{org_id:int}/teams/{team} TeamBody -> 200 Team
		GET /orgs/{org:int}/teams/{team}/members -> 200 [Member]
		POST /orgs/{org_id:int}/teams/{team_slug}/members MemberBody -> 201 Member
		GET /orgs/{a:int}/teams/{b}/members/{memberId:uuid} -> 200 Member
		PUT /orgs/{x:int}/teams/{y}/members/{z:uuid} MemberBody -> 200 Member
		DELETE /orgs/{x:int}/teams/{y}/members/{z:uuid} -> 204
		Org = {id:int, name}
		OrgBody = {name}
		Team = {name, about?:string, orgId?:int}
		TeamBody = {name, about?:string}
		Member = {id:uuid, role:enum(admin,guest), team?:string, team_slug?:string}
		MemberBody = {role?:enum(admin,guest)="guest"}
	`, true},
	{"optional-bodies", `
		GET /notes -> 200 [Note]
		POST /notes ?Note -> 201 Note
		GET /notes/{id:int} -> 200 Note
		PUT /notes/{id:int} ?Note -> 200 Note
		PATCH /notes/{id:int} ?NotePatch -> 200 Note
		POST /wrapped ?{data?:Note} -> 201 {data?:Note}
		GET /wrapped/{id:int} -> 200 {data?:Note}
		PATCH /wrapped/{id:int} ?{data?:NotePatch|null} -> 200 {data:Note|null}
		Note = {id!:int, text?:string, createdAt!:time}
		NotePatch = {text?:string|null}
	`, true},
	{"media-types", `
		GET /files -> 200 [File]
		POST /files File & application/x-www-form-urlencoded Form -> 201 File
		GET /files/{id:int} -> 200 File & text/plain string
		PUT /files/{id:int} File & multipart/form-data {title,content:file} -> 200 File
		PATCH /files/{id:int} application/merge-patch+json FilePatch -> 200 File
		POST /files/{id:int}/content application/octet-stream file -> 204
		GET /vendors -> 200 application/vnd.acme.v2+json [Vendor]
		POST /vendors application/vnd.acme.v2+json Vendor -> 201 application/vnd.acme.v2+json Vendor
		GET /vendors/{id} -> 200 */* Vendor
		PUT /vendors/{id} */* Vendor -> 200 Vendor
		GET /forms -> 200 [Form]
		POST /forms application/x-www-form-urlencoded Form -> 201 Form
		GET /forms/{id} -> 200 Form
		POST /forms/{id} application/x-www-form-urlencoded Form -> 200 Form
		GET /both -> 200 [Both]
		POST /both Both & application/vnd.x+json Vendor -> 201 Both & application/vnd.x+json Vendor
		GET /both/{id} -> 200 Both
		POST /textual text/plain string -> 201 Both
		File = {id!:int, title}
		FilePatch = {title?:string}
		Form = {id?:string, title, tags?:[string]}
		Vendor = {id, title}
		Both = {id!:string, title}
	`, true},
	{"headers", `
		GET /jobs?page:int,per_page:int -> 200 [Job] +X-Total-Count!:int,Link!
		POST /jobs Job -> 201 Job +Location!,ETag!,X-Rate-Limit!:int32,X-Ok!:bool,X-Odd:number
		GET /jobs/{id:int} -> 200 Job +ETag!,X-Rate-Limit:int32
		PUT /jobs/{id:int} Job -> 200 Job +X-A! / 201 Job +Location!
		DELETE /jobs/{id:int} -> 204 +X-Gone!:bool
		Job = {id!:int, title}
	`, true},
	{"nullable-keys", `
		GET /a -> 200 [A]
		POST /a A -> 201 A
		GET /a/{id} -> 200 A
		PUT /a/{id} A -> 200 A
		GET /b -> 200 [B]
		POST /b B -> 201 B
		GET /b/{id:int} -> 200 B
		PATCH /b/{id:int} B -> 200 B
		PUT /c/{id} C -> 200 C
		GET /c/{id} -> 200 C
		POST /d D -> 201 D
		GET /d/{slug} -> 200 D
		POST /e E -> 201 E
		GET /e/{slug} -> 200 E
		A = {id?:string|null, title?:string}
		B = {id:int64|null, title?:string}
		C = {id?:string|null, title?:string|null}
		D = {slug?:string|null, title?:string}
		E = {slug?:string, title?:string|null="none"}
	`, true},
	{"go-names", `
		GET /time -> 200 [Thing]
		POST /time Thing -> 201 Thing
		GET /time/{id} -> 200 Thing
		PUT /time/{id} Thing -> 200 Thing
		GET /urls?limit:int,offset:int -> 200 [Url]
		POST /urls Url -> 201 Url
		GET /urls/{url} -> 200 Url
		GET /types -> 200 [Type]
		POST /types Type -> 201 Type
		GET /types/{type} -> 200 Type
		PATCH /types/{type} Type -> 200 Type
		GET /stores -> 200 [Store]
		POST /stores Store -> 201 Store
		GET /stores/{store:int} -> 200 Store
		GET /apis -> 200 [API]
		POST /apis API -> 201 API
		GET /apis/{api:int} -> 200 API
		GET /orders?sort:enum(id,price),limit:int,cursor -> 200 {orders:[Order],next?:string}
		POST /orders Order -> 201 Order
		GET /orders/{order:int} -> 200 Order
		PATCH /orders/{order:int} Order -> 200 Order
		GET /strings -> 200 [String]
		POST /strings String -> 201 String
		GET /strings/{string} -> 200 String
		GET /handlers -> 200 [Handlers]
		POST /handlers Handlers -> 201 Handlers
		GET /handlers/{id} -> 200 Handlers
		GET /contexts -> 200 [Context]
		POST /contexts Context -> 201 Context
		GET /contexts/{ctx} -> 200 Context
		GET /rows -> 200 [Row]
		POST /rows Row -> 201 Row
		GET /rows/{row} -> 200 Row
		DELETE /rows/{row} -> 200 Row
		GET /errors -> 200 [Error]
		POST /errors Error -> 201 Error
		GET /errors/{err} -> 200 Error
		GET /keys -> 200 [Key]
		POST /keys Key -> 201 Key
		GET /keys/{key} -> 200 Key
		PUT /keys/{key} Key -> 200 Key
		GET /schema -> 200 [Schema]
		POST /schema Schema -> 201 Schema
		GET /schema/{id} -> 200 Schema
		GET /len -> 200 [Len]
		POST /len Len -> 201 Len
		GET /len/{len} -> 200 Len
		GET /now -> 200 [Now]
		POST /now Now -> 201 Now
		GET /now/{now} -> 200 Now
		GET /select -> 200 [Now]
		GET /tables -> 200 [Thing]
		GET /groups -> 200 [Group]
		POST /groups Group -> 201 Group
		GET /groups/{from} -> 200 Group
		GET /123s -> 200 [Number]
		POST /123s Number -> 201 Number
		GET /123s/{id} -> 200 Number
		GET /été -> 200 [Summer]
		POST /été Summer -> 201 Summer
		GET /été/{id} -> 200 Summer
		GET /_ -> 200 [Number]
		Thing = {id!:string, createdAt!:time, url!:uri}
		Url = {url!:string, href?:string}
		Type = {type!:string, types?:[Type]}
		Store = {store!:int}
		API = {api!:int, createdAt!:time}
		Order = {id!:int, order!:int, price?:number, items?:[Order]}
		String = {string!:string, strings?:[string]}
		Handlers = {id!:string}
		Context = {ctx!:string, context?:string}
		Row = {row!:string, secrets?:string}
		Error = {err!:string, error?:Error}
		Key = {key!:string, created:time}
		Schema = {id!:string}
		Len = {len!:string}
		Now = {now!:string, createdAt:time}
		Group = {from!:string, to?:string}
		Number = {id!:string, 1:int=1}
		Summer = {id!:string, naïveté?:string}
	`, true},
	{"go-properties", `
		GET /odd?type?,func?,range:int,"a-b"?:string -> 200 [Odd]
		POST /odd Odd -> 201 Odd
		GET /odd/{func} -> 200 Odd
		PUT /odd/{func} Odd -> 200 Odd
		PATCH /odd/{func} OddPatch -> 200 Odd
		Odd = {func!:string, type, range?:int, select?:bool=true, interface:[string], map:map(int), string?:string, error?:string|null, len:int=3, now?:time, req?:string, ctx:any, key?:any, "a-b"?:string="x\"y", "@id":uuid, "$ref2"?:int, 123?:number=0.5, nil:number|null, new:object, body?:{body?:string}, "a b":string, Get:string, Set?:string, "x.y"?:byte, "x\\y"?:string}
		OddPatch = {type?:string, range?:int, select?:bool, interface?:[string], map?:map(int), string?:string, error?:string|null, len?:int, now?:time|null, req?:string, ctx?:any, key?:any, nil?:number|null, new?:object, body?:{body?:string}, Get?:string|null, Set?:string|null, "x.y"?:byte}
	`, true},
}
